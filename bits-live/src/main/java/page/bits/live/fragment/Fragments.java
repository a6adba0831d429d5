/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Recorded;
import page.bits.db.TxReport;
import page.bits.live.Fragment;
import page.bits.live.LiveErrors;
import page.bits.live.LiveSettings;
import page.bits.live.metrics.LiveMetrics;

/// The state of all live pages and fragments of a node. Every method takes the one lock, for a
/// short time: nothing is rendered, read or written under it.
/* How it works.
 * INV-1: a fragment without `validThrough` has exactly the output that it would have at `moment`.
 *   The reader moves `moment` and marks what a report touches in one step; a state enters together
 *   with its read set, checked against the reports that came while it was rendered ([Meanwhile]).
 * INV-2: a snapshot at t holds only states that were right at t: rendered at or before t, and not
 *   touched since, up to t.
 * INV-3: `dirty` holds every page that is wanted and has a fragment to render, oldest first.
 */
final class Fragments {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition moved = lock.newCondition();
  private final LivePages pages;
  private final LinkedHashSet<LivePage> dirty = new LinkedHashSet<>();
  private final Meanwhile meanwhile = new Meanwhile();
  private final Set<LiveFragment> renderedInRound = new HashSet<>();
  private final LiveSettings settings;
  private final LiveMetrics metrics;

  private Moment moment;
  private boolean isClosed;

  /// What one round renders, and on which value.
  record Round(Moment moment, List<LivePage> pages) {}

  Fragments(Moment moment, LiveSettings settings, LiveMetrics metrics) {
    this.moment = moment;
    this.settings = settings;
    this.pages = new LivePages(settings.pagesMax());
    this.metrics = metrics;
  }

  Moment moment() {
    lock.lock();
    try {
      return moment;
    } finally {
      lock.unlock();
    }
  }

  // The reader's side

  /// Takes in one report: marks the fragments that it touches.
  void apply(TxReport report) {
    List<Datom> datoms = report.txData();
    var next = new Moment(report.dbAfter(), report.cursor());
    long began = System.nanoTime();
    lock.lock();
    try {
      Cursor before = moment.cursor();
      for (LiveFragment fragment : pages.touchedBy(datoms)) {
        metrics.matched(fragment.name());
        touch(fragment, before);
      }
      meanwhile.add(before, datoms);
      moment = next;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    metrics.match(System.nanoTime() - began);
  }

  private void touch(LiveFragment fragment, Cursor before) {
    if (fragment.validThrough != null) {
      return;
    }
    fragment.validThrough = before;
    for (LivePage page : fragment.pages) {
      page.version++;
      if (page.isWanted()) {
        dirty.add(page);
        work.signal();
      }
    }
  }

  // The renderer's side

  /// Waits for pages that are due; null when the node is closed.
  @Nullable Round nextRound() throws InterruptedException {
    lock.lock();
    try {
      while (!isClosed) {
        var due = new ArrayList<LivePage>();
        long waitNanos = takeDue(due);
        if (!due.isEmpty()) {
          meanwhile.begin();
          return new Round(moment, due);
        }
        work.await(waitNanos, TimeUnit.NANOSECONDS);
        pages.dropUnused(System.nanoTime() - settings.idle().toNanos());
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// Moves the pages that may be rendered now to `due`; returns how long to wait for the next one.
  private long takeDue(List<LivePage> due) {
    long now = System.nanoTime();
    long waitNanos = settings.idle().toNanos() / 4;
    for (Iterator<LivePage> all = dirty.iterator(); all.hasNext(); ) {
      LivePage page = all.next();
      if (!page.isWanted() || !page.needsRender()) {
        all.remove();
        continue;
      }
      long left = page.dueNanos(settings.renderInterval().toNanos(), now) - now;
      if (left <= 0) {
        due.add(page);
        all.remove();
      } else {
        waitNanos = Math.min(waitNanos, left);
      }
    }
    return waitNanos;
  }

  /// The fragments of these pages that have no right state at the round's moment.
  List<LiveFragment> missing(Round round) {
    lock.lock();
    try {
      var missing = new LinkedHashSet<LiveFragment>();
      for (LivePage page : round.pages()) {
        for (LiveFragment fragment : page.root.walk()) {
          if (!Rendered.isValid(fragment.state, fragment.validThrough, round.moment().t())) {
            missing.add(fragment);
          }
        }
      }
      return List.copyOf(missing);
    } finally {
      lock.unlock();
    }
  }

  /// Takes in one rendering of a round.
  void publish(LiveFragment fragment, Recorded<Fragment.Output> recorded, Moment at) {
    lock.lock();
    try {
      Rendered before = fragment.state;
      Cursor through = fragment.validThrough;
      fragment.state =
          before == null || through == null
              ? Rendered.first(recorded.result(), at.cursor())
              : before.next(recorded.result(), at.cursor(), through);
      fragment.renderedNanos = System.nanoTime();
      renderedInRound.add(fragment);
      fragment.pages.forEach(page -> page.version++);
      fragment.children = pages.children(recorded.result().html());
      fragment.validThrough = null;
      pages.put(fragment, recorded.reads());
      Cursor touched = meanwhile.touching(recorded.reads(), at.t());
      if (touched != null) {
        touch(fragment, touched);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends a round: what the pages watch follows, and their viewers are told.
  void finish(Round round) {
    lock.lock();
    try {
      meanwhile.end();
      // A fragment of these pages may stand in others too.
      var told = new LinkedHashSet<>(round.pages());
      renderedInRound.forEach(fragment -> told.addAll(fragment.pages));
      renderedInRound.clear();
      told.forEach(this::follow);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void follow(LivePage page) {
    if (!pages.follow(page)) {
      return;
    }
    if (page.isWanted() && page.needsRender()) {
      dirty.add(page);
    }
    page.watchers.forEach(Signal::raise);
  }

  // The viewers' side

  /// Waits until the page can be shown as it is at `atLeast` or later.
  Snapshot await(LiveFragment.Key key, long atLeast) throws InterruptedException {
    lock.lock();
    try {
      LivePage page = pages.page(key);
      page.demand++;
      try {
        long left = settings.answerWait().toNanos();
        while (!isClosed) {
          Snapshot snapshot = page.snapshotAt(moment.cursor());
          if (snapshot != null && snapshot.at().t() >= atLeast) {
            return snapshot;
          }
          if (page.needsRender()) {
            dirty.add(page);
            work.signal();
          }
          if (left <= 0) {
            throw LiveErrors.nodeBehind(atLeast, moment.t());
          }
          left = moved.awaitNanos(left);
        }
        throw LiveErrors.overloaded("closing");
      } finally {
        page.demand--;
        page.usedNanos = System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Joins the viewers of a page.
  LivePage watch(LiveFragment.Key key, Signal signal) {
    lock.lock();
    try {
      LivePage page = pages.page(key);
      page.watchers.add(signal);
      if (isClosed) {
        signal.close();
      }
      if (page.needsRender()) {
        dirty.add(page);
        work.signal();
      }
      return page;
    } finally {
      lock.unlock();
    }
  }

  void unwatch(LivePage page, Signal signal) {
    lock.lock();
    try {
      page.watchers.remove(signal);
      page.usedNanos = System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  /// The newest consistent state of a page; null when there is none at the moment.
  @Nullable Snapshot newest(LivePage page) {
    lock.lock();
    try {
      return page.snapshotAt(moment.cursor());
    } finally {
      lock.unlock();
    }
  }

  /// Ends all waiting and every stream.
  void close() {
    lock.lock();
    try {
      isClosed = true;
      pages.all().forEach(page -> page.watchers.forEach(Signal::close));
      work.signalAll();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until this node has reached t; false when it does not in time.
  boolean reach(long t, long atMostNanos) throws InterruptedException {
    lock.lock();
    try {
      long left = atMostNanos;
      while (moment.t() < t && left > 0 && !isClosed) {
        left = moved.awaitNanos(left);
      }
      return moment.t() >= t;
    } finally {
      lock.unlock();
    }
  }
}
