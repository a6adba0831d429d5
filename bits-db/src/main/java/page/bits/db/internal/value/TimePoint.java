/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import page.bits.db.Partition;

/// A point in the history of a database, given as a t or as the entity id of a transaction.
final class TimePoint {
  private TimePoint() {}

  /// The t that is meant.
  static long t(long given) {
    long partition = Partition.of(given);
    if (partition == Partition.TX) {
      return Partition.counter(given);
    }
    if (partition != 0) { // negative numbers have one too
      throw ValueErrors.invalidTimePoint(given);
    }
    return given;
  }
}
