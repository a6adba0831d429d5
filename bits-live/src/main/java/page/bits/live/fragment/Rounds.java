/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.ReadSet;

/// Makes pages: each in a round of its own, on one moment. Guarded by the lock of [Fragments].
/* How it works.
 * A page that is wanted and stale waits in `dirty`, oldest first. It is due when each of its cells
 * may be computed again, and none is being computed on another moment. Then its round begins: it
 * walks its tree at the newest moment and lets compute what has no right state there. Each state
 * that comes is kept for the round ([LivePage#found]), so a page with one slow fragment ends with a
 * tree that is right at its moment, whatever its other fragments have become meanwhile on other
 * pages; and no other page waits for it.
 * INV-1: a page that waits for the due time of one cell reserves all its cells until then. So the
 *   oldest page always gets its turn, and pages that share a busy cell fall into step with it. A
 *   page that waits for a running job reserves nothing: that may take long.
 * INV-2: a cell has at most one job. Pages on other moments ask again when it has ended.
 */
final class Rounds {
  private static final long PASS_WAIT_NANOS_MAX = 20_000_000;

  private final LivePages pages;
  private final Jobs jobs;
  private final Meanwhile meanwhile;
  private final LinkedHashSet<LivePage> dirty = new LinkedHashSet<>();

  /// Pages that were replaced at one point: from the next point on, a frame can lead there.
  private final List<LivePage> repaired = new ArrayList<>();

  private boolean isPassDue;
  private long notBeforeNanos = System.nanoTime();
  private long dueNanos = notBeforeNanos;

  Rounds(LivePages pages, Jobs jobs, Meanwhile meanwhile) {
    this.pages = pages;
    this.jobs = jobs;
    this.meanwhile = meanwhile;
  }

  /// Lets a page that is wanted wait for its round.
  void mark(LivePage page) {
    if (page.isWanted() && page.round == null && page.isStale() && dirty.add(page)) {
      isPassDue = true;
    }
  }

  /// There is a newer moment: what waited for one may begin.
  void moved() {
    isPassDue |= !dirty.isEmpty();
    repaired.forEach(page -> page.watchers.forEach(Signal::raise));
    repaired.clear();
  }

  /// Begins the rounds that are due. Returns how long to wait for the next time, in nanoseconds.
  /* A pass looks at every dirty page. It takes at most a fifth of the time, however many there are:
   * the next one comes no sooner than four times as long as it took.
   */
  long pass(Moment moment, long most) {
    long now = System.nanoTime();
    if (dirty.isEmpty()) {
      return most;
    }
    long left = (isPassDue ? notBeforeNanos : Math.max(notBeforeNanos, dueNanos)) - now;
    if (left > 0) {
      return Math.min(most, left);
    }
    isPassDue = false;
    long wait = begin(moment, now, most);
    long end = System.nanoTime();
    notBeforeNanos = end + Math.min(4 * (end - now), PASS_WAIT_NANOS_MAX);
    dueNanos = now + wait;
    return dirty.isEmpty() ? most : Math.max(1, wait);
  }

  private long begin(Moment moment, long now, long most) {
    Map<Cell<?>, Long> reserved = new IdentityHashMap<>();
    var due = new ArrayList<LivePage>();
    long wait = most;
    for (Iterator<LivePage> all = dirty.iterator(); all.hasNext(); ) {
      LivePage page = all.next();
      long again = again(page, moment, now);
      if (!page.isWanted()) {
        all.remove();
      } else if (again > 0) {
        wait = Math.min(wait, again);
      } else if (!isWaiting(page, moment)) {
        forget(page, moment);
        long left = due(page, reserved, now) - now;
        if (left <= 0) {
          all.remove();
          due.add(page);
        } else {
          reserve(page, reserved, now + left);
          wait = Math.min(wait, left);
        }
      }
    }
    due.forEach(page -> start(page, moment));
    return wait;
  }

  /// Whether a cell of the page is being computed on another moment.
  private static boolean isWaiting(LivePage page, Moment moment) {
    for (Cell<?> cell : page.tree) {
      Job job = cell.job;
      if (cell.isStale() && job != null && job.moment().t() != moment.t()) {
        return true;
      }
    }
    return false;
  }

  /// Whether an error is all that is known of the cell at this moment.
  private static boolean isFailedNow(Cell<?> cell, Moment moment) {
    State<?> state = cell.state;
    return cell.mayHavePassed && state != null && state.at().t() == moment.t();
  }

  /// How long until those of the page's cells that failed on this moment are tried on it again.
  /// Others do not wait for them: nothing is reserved.
  private static long again(LivePage page, Moment moment, long now) {
    long left = 0;
    for (Cell<?> cell : page.tree) {
      if (isFailedNow(cell, moment)) {
        left = Math.max(left, cell.dueNanos - now);
      }
    }
    return left;
  }

  /// Takes back the errors of this moment, since it is time to try again.
  private static void forget(LivePage page, Moment moment) {
    for (Cell<?> cell : page.tree) {
      if (isFailedNow(cell, moment) && cell.job == null) {
        cell.state = null;
        cell.isAgain = true;
      }
    }
  }

  private static long due(LivePage page, Map<Cell<?>, Long> reserved, long now) {
    long due = now;
    for (Cell<?> cell : page.tree) {
      if (cell.isStale() && cell.job == null) {
        due = Math.max(due, cell.dueNanos);
      }
      due = Math.max(due, reserved.getOrDefault(cell, now));
    }
    return due;
  }

  private static void reserve(LivePage page, Map<Cell<?>, Long> reserved, long until) {
    page.tree.forEach(cell -> reserved.merge(cell, until, Math::max));
  }

  private void start(LivePage page, Moment moment) {
    page.round = moment;
    meanwhile.enter(moment);
    advance(page, moment);
  }

  /// Goes on with a page's round: ends it, or lets compute what is missing.
  private void advance(LivePage page, Moment moment) {
    var walk = new Walk(page, moment, pages);
    Seen seen = walk.see();
    if (walk.isViewerMissing()) {
      pages.split(page);
      abandon(page);
      page.watchers.forEach(Signal::raise);
    } else if (seen != null) {
      finish(page, walk, seen);
    } else {
      for (Cell<?> cell : walk.missing()) {
        if (cell.job == null) {
          jobs.add(cell, moment);
          meanwhile.enter(moment);
        }
      }
    }
  }

  private void finish(LivePage page, Walk walk, Seen seen) {
    abandon(page);
    page.wholeBefore = walk.wholeBefore();
    pages.follow(page, walk.used());
    boolean isNews = page.show(seen);
    page.through = walk.through();
    mark(page);
    if (isNews) {
      page.watchers.forEach(Signal::raise);
    }
    if (isNews && page.seen instanceof Snapshot made && made.repairs() > 0) {
      repaired.add(page);
    }
  }

  /// Ends a round without a result.
  void abandon(LivePage page) {
    Moment moment = page.round;
    if (moment != null) {
      page.round = null;
      page.found.clear();
      meanwhile.leave(moment);
    }
  }

  /// A report touched what a cell's newest state was made of; `before` is the point before it.
  void touch(Cell<?> cell, Cursor before) {
    State<?> state = cell.state;
    if (state == null || state.through() != null) {
      return;
    }
    state.end(before);
    pages.ended(cell);
    for (LivePage page : cell.pages) {
      if (page.through == null) {
        page.through = before;
      }
      mark(page);
    }
  }

  /// Takes in the result of a job, and goes on with the rounds that wait for it.
  <V> void publish(Cell<V> cell, Job job, V value, ReadSet reads) {
    Moment moment = job.moment();
    Cursor touched = meanwhile.touching(reads, moment.cursor());
    meanwhile.leave(moment);
    jobs.ended(job);
    cell.job = null;
    isPassDue = true;
    if (cell.pages.isEmpty()) {
      return; // every page that showed it is gone, or shows it no longer
    }
    State<V> state = take(cell, value, moment.cursor(), touched, reads);
    for (LivePage page : List.copyOf(cell.pages)) {
      proceed(page, cell, state);
    }
  }

  /* INV-3: a state that has not ended is the newest of its cell, and the only one that pages hold: so
   * whoever ends it ends it for all of them. One that was computed on an older moment, for a page
   * that still is there, and would not have ended either, is the newest one reaching back.
   */
  private <V> State<V> take(
      Cell<V> cell, V value, Cursor at, @Nullable Cursor touched, ReadSet reads) {
    State<V> before = cell.state;
    if (before != null && at.t() < before.at().t()) {
      if (touched == null && value.equals(before.value())) {
        before.reachBack(at);
        return before;
      }
      return State.first(value, at, touched == null ? at : touched);
    }
    State<V> state;
    if (before == null) {
      state = cell.isAgain ? State.again(value, at, touched) : State.first(value, at, touched);
    } else {
      state = before.next(value, at, touched);
    }
    cell.isAgain = false;
    cell.state = state;
    cell.node = null;
    if (touched == null) {
      pages.put(cell, reads);
    }
    return state;
  }

  private void proceed(LivePage page, Cell<?> cell, State<?> state) {
    Moment moment = page.round;
    if (moment == null) {
      mark(page);
      return;
    }
    if (state.isRightAt(moment.t())) {
      page.found.putIfAbsent(cell, state);
    }
    advance(page, moment);
  }

  /// The next job to run; null when there is none now.
  @Nullable Job poll(long now) {
    return jobs.poll(now);
  }
}
