/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Recorded;
import page.bits.db.TxReport;
import page.bits.live.LiveErrors;
import page.bits.live.LiveSettings;
import page.bits.live.metrics.LiveMetrics;

/// The state of all live pages and cells of a node. Every method takes the one lock, for a short
/// time: nothing is rendered, read or written under it.
/* How it works.
 * INV-1: a state without an end is exactly what would be computed at `moment`. The reader moves
 *   `moment` and ends what a report touches in one step; a state enters together with its read set,
 *   checked against the reports that came while it was computed ([Meanwhile]).
 * INV-2: a page's tree is right at one point: every state in it was computed at or before that
 *   point and not touched since, up to it ([Walk], [LivePage#seenAt]).
 * INV-3: every page that is wanted and stale is in a round or waits for one ([Rounds]).
 */
final class Fragments {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition moved = lock.newCondition();
  private final Meanwhile meanwhile = new Meanwhile();
  private final LiveSettings settings;
  private final LiveMetrics metrics;
  private final LivePages pages;
  private final Jobs jobs;
  private final Rounds rounds;

  private Moment moment;
  private long droppedNanos = System.nanoTime();
  private boolean isClosed;

  Fragments(Moment moment, LiveSettings settings, LiveMetrics metrics) {
    this.moment = moment;
    this.settings = settings;
    this.metrics = metrics;
    this.jobs = new Jobs(settings.rendersMax(), settings.rendersPerPart());
    this.pages = new LivePages(settings, this::dropped);
    this.rounds = new Rounds(pages, jobs, meanwhile);
  }

  private void dropped(LivePage page) {
    rounds.abandon(page);
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

  /// Takes in one report: ends the states that it touches.
  void apply(TxReport report) {
    List<Datom> datoms = report.txData();
    var next = new Moment(report.dbAfter(), report.cursor());
    lock.lock();
    try {
      long began = System.nanoTime();
      Cursor before = moment.cursor();
      for (Cell<?> cell : pages.touchedBy(datoms)) {
        if (cell.key() instanceof Key.Render) {
          metrics.matched(cell.key().name());
        }
        rounds.touch(cell, before);
      }
      meanwhile.add(before, datoms);
      moment = next;
      rounds.moved();
      metrics.match(System.nanoTime() - began);
      moved.signalAll();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  // The renderers' side

  /// Waits for a cell that is to be computed now; null when the node is closed.
  @Nullable Job nextJob() throws InterruptedException {
    lock.lock();
    try {
      while (!isClosed) {
        long most = settings.idle().toNanos() / 4;
        long wait = rounds.pass(moment, most);
        long now = System.nanoTime();
        Job job = jobs.poll(now);
        if (job != null) {
          job.cell().dueNanos = now + settings.renderInterval().toNanos();
          return job;
        }
        long _ = work.awaitNanos(jobs.wait(now, wait));
        dropUnused(most);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void dropUnused(long everyNanos) {
    long now = System.nanoTime();
    if (now - droppedNanos > everyNanos) {
      droppedNanos = now;
      pages.dropUnused(now - settings.idle().toNanos());
    }
  }

  /// Takes in what a job computed. `retry`, when given: it is right at no other point, and to be
  /// computed again after that time, on a newer moment.
  <V> void publish(Cell<V> cell, Job job, Recorded<V> recorded, @Nullable Duration retry) {
    lock.lock();
    try {
      if (retry != null) {
        cell.dueNanos = System.nanoTime() + retry.toNanos();
      }
      rounds.publish(cell, job, recorded.result(), recorded.reads());
      State<V> state = cell.state;
      cell.mayHavePassed = retry != null;
      if (retry != null && state != null) {
        rounds.touch(cell, state.at());
      }
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  // The viewers' side

  /// Waits until the page can be seen as it is at `atLeast` or later.
  Seen await(Visit visit, long atLeast) throws InterruptedException {
    long until = System.nanoTime() + settings.answerWait().toNanos();
    boolean isThere = reach(atLeast, settings.answerWait().toNanos());
    try (Watch watch = watch(visit)) {
      while (!watch.signal().isClosed()) {
        Optional<Seen> seen = watch.newest();
        if (seen.isPresent() && seen.get().at().t() >= atLeast) {
          return seen.get();
        }
        long left = until - System.nanoTime();
        if (!isThere) {
          throw LiveErrors.nodeBehind(atLeast, moment().t());
        } else if (left <= 0) {
          throw LiveErrors.overloaded("page");
        }
        long _ = watch.signal().await(Duration.ofNanos(left));
      }
      throw LiveErrors.stopped();
    }
  }

  /// Joins the viewers of a page.
  Watch watch(Visit visit) {
    var signal = new Signal();
    lock.lock();
    try {
      return new Watch(this, join(visit, signal), signal, visit);
    } finally {
      lock.unlock();
    }
  }

  private LivePage join(Visit visit, Signal signal) {
    LivePage live = pages.page(visit);
    live.watchers.add(signal);
    if (isClosed) {
      signal.close();
    }
    rounds.mark(live);
    work.signal();
    return live;
  }

  void leave(LivePage page, Signal signal) {
    lock.lock();
    try {
      page.watchers.remove(signal);
      page.usedNanos = System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  /// The page that a viewer is to watch from now on: another one once it turns out that this one
  /// shows something of its viewers.
  LivePage current(LivePage page, Visit visit, Signal signal) {
    lock.lock();
    try {
      if (!page.isLeft) {
        return page;
      }
      page.watchers.remove(signal);
      return join(visit, signal);
    } finally {
      lock.unlock();
    }
  }

  /// The newest consistent state of a page; null when there is none at the moment.
  @Nullable Seen newest(LivePage page) {
    lock.lock();
    try {
      return page.seenAt(moment.cursor());
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
