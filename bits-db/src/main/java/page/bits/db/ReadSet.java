/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.List;

/// The index ranges that a computation on a database value read. Immutable.
///
/// Its promise: if a transaction touches none of the ranges, the same computation on the value
/// after it gives the same result. It may hold too much, never too little.
public record ReadSet(List<DatomRange> ranges) {
  public ReadSet {
    ranges = List.copyOf(ranges);
  }

  /// Whether any of these datoms lies in a recorded range.
  public boolean touchedBy(List<Datom> txData) {
    for (Datom datom : txData) {
      for (DatomRange range : ranges) {
        if (range.contains(datom)) {
          return true;
        }
      }
    }
    return false;
  }
}
