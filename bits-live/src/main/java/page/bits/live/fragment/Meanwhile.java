/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.ReadSet;

/// The reports that came while a round was being rendered: what its renderings could not see.
/// Guarded by the lock of [Fragments].
final class Meanwhile {
  private static final int DATOMS_MAX = 1_000_000;

  private final List<Past> reports = new ArrayList<>();
  private boolean isRendering;
  private int datomCount;
  private @Nullable Cursor lostAfter;

  /// A report, and the point before it.
  private record Past(Cursor before, List<Datom> datoms) {}

  void begin() {
    isRendering = true;
  }

  void end() {
    isRendering = false;
    reports.clear();
    datomCount = 0;
    lostAfter = null;
  }

  void add(Cursor before, List<Datom> datoms) {
    if (!isRendering || lostAfter != null) {
      return;
    }
    datomCount += datoms.size();
    if (datomCount > DATOMS_MAX) { // too much to hold: what follows counts as touched
      lostAfter = before;
    } else {
      reports.add(new Past(before, datoms));
    }
  }

  /// The point before the first report that touched what was read at t; null when none did.
  @Nullable Cursor touching(ReadSet reads, long t) {
    for (Past past : reports) {
      if (past.before().t() >= t && reads.touchedBy(past.datoms())) {
        return past.before();
      }
    }
    return lostAfter;
  }
}
