// Says moments in the reader's own words and time zone: "5 minutes ago", later the date.
// Copyright 2026 the Bits authors. SPDX-License-Identifier: Apache-2.0
(() => {
  'use strict';
  const MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, WEEK = 7 * DAY; // seconds
  const language = document.documentElement.lang || 'en';
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const whole = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const dayOfYear = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' });

  function words(at, now) {
    const past = Math.round((now - at) / 1000);
    if (past < MINUTE) return 'just now';
    if (past < HOUR) return ago.format(-Math.floor(past / MINUTE), 'minute');
    if (past < DAY) return ago.format(-Math.floor(past / HOUR), 'hour');
    if (past < WEEK) return ago.format(-Math.floor(past / DAY), 'day');
    return (at.getFullYear() === now.getFullYear() ? day : dayOfYear).format(at);
  }

  function show() {
    const now = new Date();
    for (const time of document.querySelectorAll('time[datetime]')) {
      const at = new Date(time.dateTime);
      const text = words(at, now);
      if (time.textContent !== text) time.textContent = text;
      if (!time.title) time.title = whole.format(at);
    }
  }

  show();
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true, characterData: true });
  setInterval(show, 30_000);
})();
