// Keeps a page live: reads its stream, applies each frame whole, and lets forms answer with frames.
// Copyright 2026 the Bits authors. SPDX-License-Identifier: Apache-2.0
(() => {
  'use strict';
  const meta = document.querySelector('meta[name="bits-cursor"]');
  if (!meta || !window.htmx || !window.fetch || !window.ReadableStream) return; // works as plain pages

  const SILENCE = 40_000, HIDDEN = 10_000, NOTICE = 2_000;
  const BACK_OFF_MIN = 500, BACK_OFF_MAX = 30_000;
  const FINAL = [204, 401, 403, 404, 410];
  const page = location.pathname + location.search;
  const RELOADED = 'bits-reloaded ' + page;

  let have = meta.content;
  let running = null; // the AbortController of the stream that is open or being opened
  let isOver = false;
  let attempts = 0;
  let retryTimer, silenceTimer, hiddenTimer, noticeTimer;

  const t = cursor => Number(cursor.split('-')[0]);

  // What the visitor sees, and only when it lasts.

  function notice(text, delay) {
    clearTimeout(noticeTimer);
    noticeTimer = setTimeout(() => show(text), delay);
  }

  function show(text) {
    let place = document.getElementById('bits-status');
    if (!place) {
      place = document.createElement('div');
      place.id = 'bits-status';
      place.setAttribute('role', 'status');
      document.body.append(place);
    }
    place.textContent = text;
    place.hidden = !text;
  }

  function calm() {
    clearTimeout(noticeTimer);
    if (document.getElementById('bits-status')) show('');
  }

  // A page reloads itself once; if that did not help, it says so and stays.

  function reloadOnce() {
    isOver = true;
    stop();
    let before = null;
    try {
      before = sessionStorage.getItem(RELOADED);
      sessionStorage.setItem(RELOADED, 'yes');
    } catch { before = 'unknown'; } // no storage: never risk a loop
    if (before) show('This page no longer updates by itself.');
    else location.reload();
  }

  function isWell() {
    attempts = 0;
    calm();
    try { sessionStorage.removeItem(RELOADED); } catch { /* no storage, nothing to forget */ }
  }

  // Frames.

  function parse(block) {
    const event = { id: '', type: '', data: [] };
    for (const line of block.split('\n')) {
      const at = line.indexOf(':');
      if (at <= 0) continue; // a comment: a heartbeat
      const value = line.slice(at + 1).replace(/^ /, '');
      if (line.slice(0, at) === 'data') event.data.push(value);
      else if (line.slice(0, at) === 'id') event.id = value;
      else if (line.slice(0, at) === 'event') event.type = value;
    }
    event.data = event.data.join('\n');
    return event;
  }

  function remember(cursor) {
    have = cursor;
    document.cookie = 'bits-cursor=' + cursor + '; Path=/; SameSite=Lax';
  }

  function swap(data) {
    const targets = [...data.matchAll(/<hx-partial hx-target="#([\w-]+)"/g)].map(match => match[1]);
    if (!targets.every(id => document.getElementById(id))) return false;
    htmx.swap({ text: data, sourceElement: document.body, target: document.body, swap: 'none' })
      .catch(reloadOnce);
    return true;
  }

  // Applies a frame if it leads beyond what this page has: no page goes back in time.
  function apply(event) {
    if (!event.id || t(event.id) <= t(have)) return;
    if (event.data && !swap(event.data)) return reloadOnce();
    remember(event.id);
  }

  function take(event) {
    if (event.type === 'leave') reloadOnce();
    else if (!event.type) apply(event);
  }

  // The stream.

  function stop() {
    clearTimeout(retryTimer);
    clearTimeout(silenceTimer);
    running?.abort();
    running = null;
  }

  function later() {
    if (isOver) return;
    const most = Math.min(BACK_OFF_MAX, BACK_OFF_MIN * 2 ** attempts++);
    clearTimeout(retryTimer);
    retryTimer = setTimeout(open, most / 2 + Math.random() * most / 2);
    if (attempts === 1) notice('Reconnecting…', NOTICE);
  }

  function guard(control) {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => control.abort('silence'), SILENCE);
  }

  async function open() {
    if (isOver || running) return;
    clearTimeout(retryTimer);
    const control = running = new AbortController();
    guard(control);
    try {
      const answer = await fetch(
        '/-/stream?page=' + encodeURIComponent(page) + '&cursor=' + encodeURIComponent(have),
        { signal: control.signal, cache: 'no-store', credentials: 'same-origin', redirect: 'error',
          headers: { Accept: 'text/event-stream' } });
      if (FINAL.includes(answer.status) || answer.status === 409) return reloadOnce();
      const type = answer.headers.get('Content-Type') || '';
      if (answer.status === 200 && type.startsWith('text/event-stream')) await read(answer, control);
    } catch { /* refused, cut or silent: tried again below */ }
    if (running !== control) return; // stopped on purpose
    stop();
    later();
  }

  async function read(answer, control) {
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done || running !== control) return;
      guard(control);
      isWell();
      text += decoder.decode(value, { stream: true });
      let end;
      while ((end = text.indexOf('\n\n')) >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        take(parse(block));
        if (running !== control) return;
      }
    }
  }

  function resume() {
    clearTimeout(hiddenTimer);
    if (isOver || running) return;
    attempts = 0;
    open();
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(stop, HIDDEN);
    else resume();
  });
  addEventListener('pagehide', stop);
  addEventListener('pageshow', resume);
  addEventListener('online', resume);

  // Forms: the request says what this page has; the answer is a frame, or what is wrong.

  const entered = form => new URLSearchParams(new FormData(form)).toString();

  document.addEventListener('htmx:config:request', event => {
    const request = event.detail.ctx.request;
    request.headers['Bits-Page'] = page;
    request.headers['Bits-Cursor'] = have;
    if (request.form) event.detail.ctx.bitsSent = entered(request.form);
    if (!/GET|HEAD/.test(request.method) && window.crypto?.randomUUID) {
      request.headers['Bits-Submit'] = crypto.randomUUID();
    }
  });

  function invalid(data) { // a form's own fragment: it leads nowhere, so it is applied as it is
    if (data && !swap(data)) reloadOnce();
  }

  document.addEventListener('htmx:after:request', event => {
    const ctx = event.detail.ctx, status = ctx.response.status;
    if (ctx.hx?.redirect) return; // htmx follows it
    event.preventDefault(); // nothing else of an answer is ever put into the page
    const type = ctx.response.headers.get('Content-Type') || '';
    if (!type.startsWith('text/event-stream')) {
      if (status === 409) return reloadOnce();
      show('That did not work. Please try again.');
      return notice('', 6_000);
    }
    const frames = ctx.text.split('\n\n').filter(Boolean).map(parse);
    if (status === 422) return frames.forEach(frame => invalid(frame.data));
    frames.forEach(take);
    const form = ctx.request.form;
    if (form?.isConnected && entered(form) === ctx.bitsSent) form.reset();
  });

  document.addEventListener('htmx:error', () => {
    show('That did not reach the server. Please try again.');
    notice('', 6_000);
  });

  remember(have);
  open();
})();
