/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Objects;

/// A contiguous part of one index, from one cut to another.
///
/// Ranges are what a computation on a database value reads, and what a transaction is matched
/// against.
public record DatomRange(Bound from, Bound to) {
  public DatomRange {
    Objects.requireNonNull(from);
    Objects.requireNonNull(to);
    if (from.index() != to.index()) {
      throw new IllegalArgumentException("bounds of two indexes");
    }
  }

  public Index index() {
    return from.index();
  }

  /// Whether the datom lies in this range. Says nothing of whether the index covers the datom's
  /// attribute.
  public boolean contains(Datom datom) {
    return from.compareDatom(datom) > 0 && to.compareDatom(datom) < 0;
  }
}
