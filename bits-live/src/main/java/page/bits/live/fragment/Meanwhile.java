/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.ReadSet;

/// The reports after the oldest moment on which something is still computed: what those
/// computations could not see. Guarded by the lock of [Fragments].
final class Meanwhile {
  private static final int DATOMS_MAX = 1_000_000;

  private final ArrayDeque<Past> reports = new ArrayDeque<>();
  private final TreeMap<Long, Integer> moments = new TreeMap<>();
  private int datomCount;

  /// The t before the newest report that was too much to hold.
  private long droppedAfter = -1;

  /// A report, and the point before it.
  private record Past(Cursor before, List<Datom> datoms) {}

  /// Something is computed on this moment.
  void enter(Moment moment) {
    moments.merge(moment.t(), 1, Integer::sum);
  }

  /// It no longer is; to be called once for each time that it was entered.
  void leave(Moment moment) {
    moments.computeIfPresent(moment.t(), (_, n) -> n == 1 ? null : n - 1);
    while (!reports.isEmpty()
        && (moments.isEmpty() || reports.getFirst().before().t() < moments.firstKey())) {
      datomCount -= reports.removeFirst().datoms().size();
    }
  }

  void add(Cursor before, List<Datom> datoms) {
    if (moments.isEmpty()) {
      return;
    }
    reports.add(new Past(before, datoms));
    datomCount += datoms.size();
    while (datomCount > DATOMS_MAX) {
      Past oldest = reports.removeFirst();
      datomCount -= oldest.datoms().size();
      droppedAfter = oldest.before().t();
    }
  }

  /// The point before the first report that touched what was read at `at`; null when none did. What
  /// is no longer known counts as touched at once.
  @Nullable Cursor touching(ReadSet reads, Cursor at) {
    if (droppedAfter >= at.t()) {
      return at;
    }
    Cursor first = null;
    for (Iterator<Past> newestFirst = reports.descendingIterator(); newestFirst.hasNext(); ) {
      Past past = newestFirst.next();
      if (past.before().t() < at.t()) {
        break;
      }
      if (reads.touchedBy(past.datoms())) {
        first = past.before();
      }
    }
    return first;
  }
}
