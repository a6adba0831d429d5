/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Objects;

/// One fact: entity, attribute, value, the transaction that said it, and whether it was asserted or
/// retracted.
///
/// Immutable. `a` is the attribute's entity id; `v` is a value of the attribute's type, a `Long`
/// for references. `tx` is the entity id of the transaction, not its t.
public record Datom(long e, long a, Object v, long tx, boolean added) {
  public Datom {
    Objects.requireNonNull(v, "v");
  }

  /// The t of the datom's transaction.
  public long t() {
    return Partition.counter(tx);
  }
}
