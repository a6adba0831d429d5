/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
import page.bits.live.Html;
import page.bits.live.LiveErrors;
import page.bits.live.LiveSettings;
import page.bits.live.match.IntervalIndex;
import page.bits.live.match.RangeIndex;
import page.bits.live.metrics.LiveMetrics;

/// The state of all live pages and fragments of a node. Every method takes the one lock, for a
/// short time: nothing is rendered, read or written under it.
/* How it works.
 * INV-1: a fragment without `validThrough` has exactly the output that it would have at `moment`.
 *   The reader moves `moment` and marks what a report touches in one step; a state enters together
 *   with its read set, checked against the reports that came while it was rendered (`during`).
 * INV-2: a snapshot at t holds only states that were right at t: rendered at or before t, and not
 *   touched since, up to t.
 * INV-3: `dirty` holds every page that is wanted and has a fragment to render, oldest first.
 */
final class Fragments {
  private static final int DURING_DATOMS_MAX = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition moved = lock.newCondition();
  private final RangeIndex<LiveFragment> reads = new IntervalIndex<>();
  private final Map<LiveFragment.Key, LiveFragment> fragments = new HashMap<>();
  private final Map<LiveFragment.Key, LivePage> pages = new HashMap<>();
  private final LinkedHashSet<LivePage> dirty = new LinkedHashSet<>();
  private final List<Past> during = new ArrayList<>();
  private final Set<LiveFragment> renderedInRound = new HashSet<>();
  private final LiveSettings settings;
  private final LiveMetrics metrics;

  private Moment moment;
  private boolean isRendering;
  private int duringDatoms;
  private @Nullable Cursor duringLostAfter;
  private boolean isClosed;

  /// A report that came while fragments were being rendered, and the point before it.
  private record Past(Cursor before, List<Datom> datoms) {}

  /// What one round renders, and on which value.
  record Round(Moment moment, List<LivePage> pages) {}

  Fragments(Moment moment, LiveSettings settings, LiveMetrics metrics) {
    this.moment = moment;
    this.settings = settings;
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
      for (LiveFragment fragment : reads.touchedBy(datoms)) {
        metrics.matched(fragment.name());
        touch(fragment, before);
      }
      remember(before, datoms);
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

  private void remember(Cursor before, List<Datom> datoms) {
    if (!isRendering || duringLostAfter != null) {
      return;
    }
    duringDatoms += datoms.size();
    if (duringDatoms > DURING_DATOMS_MAX) { // too much to hold: what follows counts as touched
      duringLostAfter = before;
    } else {
      during.add(new Past(before, datoms));
    }
  }

  // The renderer's side

  /// Waits for pages that are due; null when the node is closed.
  @Nullable Round nextRound() throws InterruptedException {
    lock.lock();
    try {
      while (!isClosed) {
        long now = System.nanoTime();
        long wait = settings.idle().toNanos() / 4;
        var due = new ArrayList<LivePage>();
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
            wait = Math.min(wait, left);
          }
        }
        if (!due.isEmpty()) {
          isRendering = true;
          return new Round(moment, due);
        }
        work.await(wait, TimeUnit.NANOSECONDS);
        sweep(System.nanoTime());
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// The fragments of these pages that have no right state at the round's moment.
  List<LiveFragment> missing(Round round) {
    lock.lock();
    try {
      var missing = new LinkedHashSet<LiveFragment>();
      for (LivePage page : round.pages()) {
        for (LiveFragment fragment : walk(page.root)) {
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
      fragment.children = children(recorded.result().html());
      fragment.validThrough = null;
      reads.put(fragment, recorded.reads());
      Cursor touched = touchedDuring(recorded, at.t());
      if (touched != null) {
        touch(fragment, touched);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Cursor touchedDuring(Recorded<Fragment.Output> recorded, long t) {
    for (Past past : during) {
      if (past.before().t() >= t && recorded.reads().touchedBy(past.datoms())) {
        return past.before();
      }
    }
    return duringLostAfter;
  }

  private List<LiveFragment> children(Html html) {
    var children = new LinkedHashSet<LiveFragment>();
    for (Html.Part part : html.parts()) {
      if (part instanceof Html.Part.Hole(Fragment<?> inner, Object params)) {
        children.add(
            fragments.computeIfAbsent(new LiveFragment.Key(inner, params), LiveFragment::new));
      }
    }
    return List.copyOf(children);
  }

  /// Ends a round: what the pages watch follows, and their viewers are told.
  void finish(Round round) {
    lock.lock();
    try {
      isRendering = false;
      during.clear();
      duringDatoms = 0;
      duringLostAfter = null;
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
    List<LiveFragment> tree = walk(page.root);
    var now = new HashSet<>(tree);
    for (LiveFragment before : page.tree) {
      if (!now.contains(before)) {
        leave(before, page);
      }
    }
    if (pages.get(page.root.key()) != page) { // dropped meanwhile
      tree.forEach(fragment -> leave(fragment, page));
      return;
    }
    tree.forEach(fragment -> fragment.pages.add(page));
    page.tree = tree;
    page.version++;
    if (page.isWanted() && page.needsRender()) {
      dirty.add(page);
    }
    page.watchers.forEach(Signal::raise);
  }

  private void leave(LiveFragment fragment, LivePage page) {
    fragment.pages.remove(page);
    if (fragment.pages.isEmpty()) {
      fragments.remove(fragment.key());
      reads.remove(fragment);
    }
  }

  /// The tree below a fragment, in document order; one that occurs again is left out.
  private static List<LiveFragment> walk(LiveFragment root) {
    var seen = new LinkedHashSet<LiveFragment>();
    walk(root, seen);
    return List.copyOf(seen);
  }

  private static void walk(LiveFragment fragment, Set<LiveFragment> seen) {
    if (seen.add(fragment)) {
      fragment.children.forEach(child -> walk(child, seen));
    }
  }

  // The viewers' side

  /// Waits until the page can be shown as it is at `atLeast` or later.
  Snapshot await(LiveFragment.Key key, long atLeast) throws InterruptedException {
    lock.lock();
    try {
      LivePage page = page(key);
      page.demand++;
      try {
        long left = settings.answerWait().toNanos();
        while (!isClosed) {
          Snapshot snapshot = snapshot(page);
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
      LivePage page = page(key);
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
      return snapshot(page);
    } finally {
      lock.unlock();
    }
  }

  private LivePage page(LiveFragment.Key key) {
    LivePage page = pages.get(key);
    if (page == null) {
      if (pages.size() >= settings.pagesMax()) {
        dropUnused(Long.MAX_VALUE);
        if (pages.size() >= settings.pagesMax()) {
          throw LiveErrors.overloaded("pages");
        }
      }
      page = new LivePage(fragments.computeIfAbsent(key, LiveFragment::new));
      page.root.pages.add(page);
      pages.put(key, page);
    }
    page.usedNanos = System.nanoTime();
    return page;
  }

  private @Nullable Snapshot snapshot(LivePage page) {
    Cursor at = moment.cursor();
    List<LiveFragment> tree = walk(page.root); // in the middle of a round not yet page.tree
    for (LiveFragment fragment : tree) {
      Cursor through = fragment.validThrough;
      if (through != null && through.t() < at.t()) {
        at = through;
      }
    }
    Snapshot known = page.snapshot;
    if (known != null && page.snapshotVersion == page.version && known.at().equals(at)) {
      return known;
    }
    for (LiveFragment fragment : tree) {
      if (!Rendered.isValid(fragment.state, fragment.validThrough, at.t())) {
        return null;
      }
    }
    var fresh = new Snapshot(at, node(page.root, new HashSet<>()));
    page.snapshot = fresh;
    page.snapshotVersion = page.version;
    return fresh;
  }

  private static Snapshot.Node node(LiveFragment fragment, Set<LiveFragment> seen) {
    seen.add(fragment);
    var children = new ArrayList<Snapshot.Node>();
    for (LiveFragment child : fragment.children) {
      if (!seen.contains(child)) {
        children.add(node(child, seen));
      }
    }
    Rendered state = java.util.Objects.requireNonNull(fragment.state);
    return new Snapshot.Node(fragment, state, List.copyOf(children));
  }

  // Leaving

  private void sweep(long now) {
    dropUnused(now - settings.idle().toNanos());
  }

  private void dropUnused(long usedBefore) {
    pages
        .values()
        .removeIf(
            page -> {
              boolean isOld = usedBefore == Long.MAX_VALUE || page.usedNanos - usedBefore < 0;
              if (page.isWanted() || !isOld) {
                return false;
              }
              page.tree.forEach(fragment -> leave(fragment, page));
              dirty.remove(page);
              return true;
            });
  }

  /// Ends all waiting and every stream.
  void close() {
    lock.lock();
    try {
      isClosed = true;
      pages.values().forEach(page -> page.watchers.forEach(Signal::close));
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
