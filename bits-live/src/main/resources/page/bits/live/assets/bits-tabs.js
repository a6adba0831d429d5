// Lets the tabs of one browser take turns with their streams.
// Copyright 2026 the Bits authors. SPDX-License-Identifier: Apache-2.0
//
// A browser opens six connections to a plain HTTP/1.1 site, for all its tabs together. Tabs that want
// a stream tell each other twice a second. Where they are more than there are seats, hidden ones make
// way and the rest take turns by the clock, which is one for all tabs: who is on is a function of who
// wants and of the time. Nobody leads, so nobody is missed: a tab that was closed, frozen or has
// crashed falls silent and drops out. A pause costs time and nothing else, since a stream goes on at
// the tab's own cursor.
window.bitsTabs = changed => {
  'use strict';
  const SEATS = 4, TURN = 2_000, BEAT = 500, GONE = 3_500; // two connections are left for all the rest
  const me = Math.random().toString(36).slice(2);
  const isMultiplexed = /^h[23]/.test(performance.getEntriesByType('navigation')[0]?.nextHopProtocol);
  const tabs = new Map(); // those that want a stream
  let channel, beat;

  function hear({ id, hidden, wants }) {
    const isNews = wants && !tabs.has(id);
    if (wants) tabs.set(id, { hidden, at: Date.now() });
    else tabs.delete(id);
    return isNews;
  }

  function announce(wants) {
    const tab = { id: me, hidden: document.hidden, wants };
    hear(tab);
    channel?.postMessage(tab);
  }

  function isMyTurn() {
    const now = Date.now();
    for (const [id, tab] of tabs) if (now - tab.at > GONE && id !== me) tabs.delete(id);
    return isOn(now) && isOn(now - BEAT / 2); // who comes on waits until the others are off
  }

  function isOn(time) {
    if (tabs.size <= SEATS) return tabs.has(me);
    const ids = [...tabs.keys()].filter(id => !tabs.get(id).hidden).sort(), place = ids.indexOf(me);
    if (place < 0 || ids.length <= SEATS) return place >= 0;
    const first = Math.floor(time / TURN) * SEATS % ids.length;
    return (place - first + ids.length) % ids.length < SEATS;
  }

  function tick() { // at the same moments in all tabs
    beat = setTimeout(tick, BEAT - Date.now() % BEAT);
    announce(true);
    changed();
  }

  function join() {
    if (!channel && window.BroadcastChannel && !isMultiplexed) {
      channel = new BroadcastChannel('bits-tabs');
      channel.onmessage = message => {
        if (hear(message.data)) announce(true); // a newcomer hears at once who is here
        changed();
      };
    }
    if (!beat) tick();
  }

  function leave() {
    beat = clearTimeout(beat);
    announce(false);
    channel = channel?.close();
  }

  return { join, leave, isMyTurn };
};
