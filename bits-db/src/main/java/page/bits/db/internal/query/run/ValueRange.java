/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import page.bits.db.Bound;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.ValueOrder;

/// The values between two ends, both inclusive, null is open: what comparisons leave of an index.
///
/// Only of types whose order in predicates and in indexes is the same without exception; the
/// predicate is checked on every row all the same, so a range may hold too much.
record ValueRange(@Nullable Object from, @Nullable Object to) {
  static final ValueRange ALL = new ValueRange(null, null);

  static boolean isOrderedAlike(Object value) {
    return value instanceof Long || value instanceof String || value instanceof Instant;
  }

  ValueRange atLeast(Object value) {
    return from == null || ValueOrder.compare(value, from) > 0 ? new ValueRange(value, to) : this;
  }

  ValueRange atMost(Object value) {
    return to == null || ValueOrder.compare(value, to) < 0 ? new ValueRange(from, value) : this;
  }

  /// Whether no value can lie in it.
  boolean isEmpty() {
    return from != null && to != null && ValueOrder.compare(from, to) > 0;
  }

  DatomRange of(long a) {
    if (isEmpty()) { // nothing to read, and nothing that could change it
      Bound nowhere = Bound.before(Index.AVET, 2, 0, a, from, 0);
      return new DatomRange(nowhere, nowhere);
    }
    return new DatomRange(
        Bound.before(Index.AVET, from == null ? 1 : 2, 0, a, from, 0),
        Bound.after(Index.AVET, to == null ? 1 : 2, 0, a, to, 0));
  }
}
