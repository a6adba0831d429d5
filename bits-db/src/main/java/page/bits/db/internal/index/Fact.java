/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import page.bits.db.Datom;

/// What a datom says, without who said it when.
public record Fact(long e, long a, Object v) {
  /// The fact that the datom asserts or retracts.
  public static Fact of(Datom datom) {
    return new Fact(datom.e(), datom.a(), datom.v());
  }
}
