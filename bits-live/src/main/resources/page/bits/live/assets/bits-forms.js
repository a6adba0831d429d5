// Lets the forms of a live page answer with frames, and keeps what is wrong with them in sight.
// Copyright 2026 the Bits authors. SPDX-License-Identifier: Apache-2.0
window.bitsForms = live => {
  'use strict';
  const { page, viewer, cursor, parse, targets, swap, take, reload, say, settled } = live;
  const RESTED = 6_000; // after this a page that a redirect did not leave may be used again
  const byId = id => document.getElementById(id);
  const fields = form => new URLSearchParams(new FormData(form)).toString();

  // A fragment that shows what is wrong with its form is held: no frame touches it until a submit
  // from it succeeds. Meanwhile its shared rendering waits here, and follows the frames.

  const held = new Map();

  function hold(data) {
    const [id] = targets(data), place = byId(id);
    if (!place) return reload(1);
    if (!held.has(id)) held.set(id, place.cloneNode(true));
    place.removeAttribute('hx-morph-skip');
    swap(data);
    place.setAttribute('hx-morph-skip', '');
  }

  function follow(data) {
    if (!held.size) return;
    const frame = document.createElement('template');
    frame.innerHTML = data.replace(/<(\/?)hx-partial/g, '<$1template');
    for (const { content, attributes } of frame.content.children) {
      for (const [id, shared] of held) {
        const whole = content.querySelector('#' + id);
        if (whole) held.set(id, whole.cloneNode(true));
        else shared.querySelector(attributes['hx-target'].value)?.replaceWith(content.cloneNode(true));
      }
    }
  }

  function release(source) {
    for (const [id, shared] of held) {
      const place = byId(id);
      if (place && !place.contains(source)) continue;
      held.delete(id);
      place?.removeAttribute('hx-morph-skip');
      if (place) swap(`<hx-partial hx-target="#${id}" hx-swap="outerMorph">${shared.outerHTML}</hx-partial>`);
    }
  }

  // A submit has an id, under which it happens once. Its control is disabled while it is under way,
  // and where no answer came, the same input is sent under the same id again.

  const underWay = new Set(); // requests that are not answered, or answered by a way to another page
  const busy = new WeakSet(), unanswered = new WeakMap(); // sources and controls; sources to submits

  function newId() { // randomUUID is missing where a site is served without TLS
    return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, digit =>
      (+digit ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> +digit / 4).toString(16));
  }

  document.addEventListener('htmx:config:request', event => {
    const { ctx } = event.detail, { request, sourceElement } = ctx;
    if (busy.has(sourceElement)) return event.preventDefault();
    Object.assign(request.headers, { 'Bits-Page': page, 'Bits-Viewer': viewer, 'Bits-Cursor': cursor() });
    if (/GET|HEAD/.test(request.method)) return;
    const sent = new URLSearchParams(request.body).toString(), before = unanswered.get(sourceElement);
    const submit = before?.sent === sent ? before : { sent, id: newId() };
    unanswered.set(sourceElement, submit);
    request.headers['Bits-Submit'] = submit.id;
    ctx.bitsFields = request.form && fields(request.form);
  });

  document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    const control = ctx.request.submitter ?? ctx.sourceElement;
    busy.add(ctx.sourceElement);
    underWay.add(ctx);
    if (control.disabled !== false) return;
    ctx.bitsControl = control;
    control.disabled = true;
    busy.add(control);
  });

  function giveBack({ detail: { ctx } }) {
    busy.delete(ctx.sourceElement);
    underWay.delete(ctx);
    if (!ctx.bitsControl) return;
    busy.delete(ctx.bitsControl);
    ctx.bitsControl.disabled = false;
  }

  htmx.registerExtension('bits-forms', { // a frame that arrives meanwhile leaves it disabled
    htmx_before_morph_attr: (control, { attrName }) => attrName !== 'disabled' || !busy.has(control) });

  // The second click of a double click does nothing, however fast the answer to the first one was.
  document.addEventListener('click', event => {
    const control = event.target.closest('[type=submit], button:not([type]), [hx-post]:not(form)');
    if (control && event.detail > 1) [event.preventDefault(), event.stopPropagation()];
  }, true);

  document.addEventListener('htmx:after:request', event => {
    const { ctx } = event.detail, { status, headers } = ctx.response, { form } = ctx.request;
    if (status < 500) unanswered.delete(ctx.sourceElement);
    if (ctx.hx?.redirect) return; // htmx follows it
    event.preventDefault(); // nothing else of an answer is ever put into the page
    giveBack(event);
    if (!headers.get('Content-Type')?.startsWith('text/event-stream')) {
      if (status === 409) return reload(1);
      const answer = new DOMParser().parseFromString(ctx.text, 'text/html');
      return say(answer.querySelector('.bits-message p')?.textContent || 'That did not work. Please try again.');
    }
    const frames = ctx.text.split('\n\n').filter(Boolean).map(parse);
    if (status === 422) return frames.forEach(frame => hold(frame.data));
    release(ctx.sourceElement);
    frames.forEach(take);
    if (form?.isConnected && fields(form) === ctx.bitsFields) form.reset();
  });

  document.addEventListener('htmx:finally:request', event => {
    if (event.detail.ctx.hx?.redirect) setTimeout(giveBack, RESTED, event);
    else giveBack(event), settled();
  });

  document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
    if (ctx) say('No answer came. Please try again: nothing is done twice.');
  });

  return { follow, isBusy: () => underWay.size > 0 };
};
