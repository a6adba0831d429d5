// Keeps a page live: reads its stream, applies each frame whole, and lets forms answer with frames.
// Copyright 2026 the Bits authors. SPDX-License-Identifier: Apache-2.0
(() => {
  'use strict';
  const meta = document.querySelector('meta[name="bits-cursor"]');
  if (!meta || !window.htmx || !window.TextDecoderStream) return; // works as plain pages

  const SILENCE = 40_000, HIDDEN = 10_000, NOTICE = 2_000, MESSAGE = 6_000, WELL = 5_000;
  const BACK_OFF_MIN = 500, BACK_OFF_MAX = 30_000;
  const FINAL = [204, 401, 403, 404, 409, 410];
  const page = location.pathname + location.search;
  const viewer = document.querySelector('meta[name="bits-viewer"]')?.content ?? '';
  const RELOADS = 'bits-reloads ' + page;
  const tabs = window.bitsTabs(takeTurns);
  const forms = window.bitsForms({ page, viewer, cursor: () => have, parse, targets, swap, take, reload, say, settled });
  const shown = { line: '', message: '' };

  let have = meta.content;
  let running = null; // the AbortController of the stream that is open or being opened
  let isOver = false, isLeft = false, attempts = 0;
  let viewers; // the channel on which pages of this browser say whom they were made for
  let retryTimer, silenceTimer, hiddenTimer, noticeTimer, messageTimer, wellTimer;

  const t = cursor => Number(cursor.split('-')[0]);
  const byId = id => document.getElementById(id);

  // What the visitor sees: a state on the root element, for the site's style, and a line of text.

  function show(texts) {
    Object.assign(shown, texts);
    let place = byId('bits-status');
    if (!place) {
      place = Object.assign(document.createElement('div'), { id: 'bits-status', role: 'status' });
      document.body.append(place);
    }
    place.textContent = shown.message || shown.line;
    place.hidden = !place.textContent;
  }

  function become(state, line) {
    noticeTimer = clearTimeout(noticeTimer);
    document.documentElement.dataset.bitsState = state;
    show({ line });
  }

  function say(message) {
    clearTimeout(messageTimer);
    messageTimer = setTimeout(() => show({ message: '' }), MESSAGE);
    show({ message });
  }

  // Reloads are counted until a stream stood for a while: a page that is no better says so and stays.

  function reload(most) {
    if (isOver) return;
    isOver = true;
    leave();
    let count = most; // without storage: never risk a loop
    try {
      count = Number(sessionStorage.getItem(RELOADS));
      sessionStorage.setItem(RELOADS, count + 1);
    } catch { /* some private windows have none */ }
    if (count >= most) become('stopped', 'This page no longer updates by itself.');
    else location.reload();
  }

  function isWell() {
    attempts = 0;
    if (noticeTimer || document.documentElement.dataset.bitsState !== 'live') become('live', '');
    wellTimer ??= setTimeout(() => { try { sessionStorage.removeItem(RELOADS); } catch { /* none */ } }, WELL);
  }

  // Frames.

  function parse(block) {
    const event = { id: '', event: '', data: '' }; // a line that begins with a colon is a heartbeat
    for (const line of block.split('\n')) { // a pattern's ^ and . know four other ends of a line
      const [, field, value] = line.match(/^(\w+): ?(.*)$/s) || [];
      if (field) event[field] = field === 'data' && event.data ? event.data + '\n' + value : value;
    }
    return event;
  }

  function remember(cursor) { // the cookie is one for all tabs, and only grows
    meta.content = have = cursor;
    const known = document.cookie.match(/(?:^|; )bits-cursor=([^;]+)/)?.[1];
    if (!known || t(known) < t(cursor)) document.cookie = `bits-cursor=${cursor}; Path=/; SameSite=Lax`;
  }

  function targets(data) {
    return [...data.matchAll(/<hx-partial hx-target="#([\w-]+)"/g)].map(match => match[1]);
  }

  // Puts partials into the page. What the visitor entered stays, and so does the focus.
  function swap(data) {
    if (!targets(data).every(byId)) return reload(1);
    const at = document.activeElement, entries = entered();
    htmx.swap({ text: data, sourceElement: document.body, target: document.body, swap: 'none' })
      .catch(() => reload(1));
    for (const [control, key, value] of entries) if (control[key] !== value) control[key] = value;
    if (document.activeElement === at) return;
    if (at?.isConnected && at !== document.body) at.focus({ preventScroll: true });
    else document.activeElement.blur(); // the focus was nowhere: an autofocus in a frame has no say
  }

  function entered() {
    return [...document.querySelectorAll('input:not([type=file]), textarea, option')].map(control => {
      const key = control.matches('option') ? 'selected'
        : /^(checkbox|radio)$/.test(control.type) ? 'checked' : 'value';
      const usual = control['default' + key[0].toUpperCase() + key.slice(1)];
      return [control, key, control[key], usual];
    }).filter(([, , value, usual]) => value !== usual);
  }

  // A frame is applied if it leads beyond what this page has: no page goes back in time.
  function take({ event, id, data }) {
    if (event === 'leave') return leave(), isLeft = true, forms.isBusy() || reload(3);
    if (event === 'drain') return stop(), takeTurns(); // this node goes: on to the next one
    if (event || !id || t(id) <= t(have)) return;
    forms.follow(data);
    if (data) swap(data);
    if (!isOver) remember(id);
  }

  // Where the visitor's own submit ended the page, its answer says where to go: it is waited for.
  function settled() {
    if (isLeft) reload(3);
  }

  // Who signs in or out in one tab does so in all: a page that was made for another visitor loads again.
  function tellViewer() {
    if (!window.BroadcastChannel) return;
    viewers ??= new BroadcastChannel('bits-viewer');
    viewers.onmessage = ({ data }) => { if (data !== viewer) reload(20); };
    viewers.postMessage(viewer);
  }

  // The stream: open while this tab wants it and has its turn.

  function join() {
    clearTimeout(hiddenTimer);
    if (isOver || isLeft || document.hidden) return;
    attempts = 0;
    retryTimer = clearTimeout(retryTimer);
    tabs.join();
    takeTurns();
  }

  function leave() {
    tabs.leave();
    stop();
  }

  function takeTurns() {
    if (!tabs.isMyTurn()) stop();
    else if (!running && !retryTimer) open();
  }

  function stop() {
    retryTimer = clearTimeout(retryTimer);
    clearTimeout(silenceTimer);
    running?.abort();
    running = null;
  }

  function later() {
    stop();
    const most = Math.min(BACK_OFF_MAX, BACK_OFF_MIN * 2 ** attempts++);
    retryTimer = setTimeout(() => { retryTimer = null; takeTurns(); }, most / 2 + Math.random() * most / 2);
    noticeTimer ??= setTimeout(() => become('reconnecting', 'Reconnecting…'), NOTICE);
  }

  async function open() {
    const control = running = new AbortController();
    const address = '/-/stream?' + new URLSearchParams({ page, cursor: have, viewer });
    heard(control);
    try {
      const answer = await fetch(address, { signal: control.signal, cache: 'no-store', redirect: 'error',
        credentials: 'same-origin', headers: { Accept: 'text/event-stream' } });
      if (FINAL.includes(answer.status) && running === control) return reload(1);
      const type = answer.headers.get('Content-Type') || '';
      if (answer.status === 200 && type.startsWith('text/event-stream')) await read(answer.body, control);
    } catch { /* refused, cut or silent: tried again */ }
    if (running === control) later(); // else it was stopped on purpose
  }

  async function read(body, control) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let piece; !(piece = await reader.read()).done && running === control;) {
      heard(control);
      isWell();
      const blocks = (text + piece.value).split('\n\n');
      text = blocks.pop();
      for (const block of blocks) if (running === control) take(parse(block));
    }
  }

  function heard(control) {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => control.abort(), SILENCE);
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenTimer = setTimeout(leave, HIDDEN);
    else join();
  });
  addEventListener('pagehide', () => { leave(); viewers = viewers?.close(); });
  addEventListener('pageshow', () => { tellViewer(); join(); });
  addEventListener('online', join);

  remember(have);
  join();
})();
