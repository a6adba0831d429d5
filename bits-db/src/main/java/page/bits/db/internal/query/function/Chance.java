/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.index.Recording;

/// The choices of `rand` and `sample`: numbers that look random and serve no secret, from the
/// SplitMix64 sequence. A new call chooses anew.
///
/// Inside a recorded computation the choice follows from the values alone, since what was recorded
/// has to come out again while nothing that was read has changed.
final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final AtomicLong CALLS = new AtomicLong();

  private long state;

  private Chance(long state) {
    this.state = state;
  }

  static Chance over(List<@Nullable Object> values) {
    long call = Recording.isActive() ? 0 : CALLS.addAndGet(GOLDEN);
    return new Chance(call + values.hashCode());
  }

  /// A number from 0 (inclusive) to `bound` (exclusive).
  int below(int bound) {
    state += GOLDEN;
    long z = state;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return (int) Long.remainderUnsigned(z ^ z >>> 31, bound);
  }
}
