/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.Comparator;
import page.bits.db.Datom;
import page.bits.db.ValueOrder;
import page.bits.db.internal.index.Fact;
import page.bits.db.internal.schema.Attribute;

/// That a fact holds after the transaction, or no longer does; `form` is where it came from.
record Claim(long e, Attribute a, Object v, boolean added, int form) {
  /// By entity, attribute, value; retraction before assertion.
  static final Comparator<Claim> ORDER = Claim::compare;

  /// By entity and attribute, retractions before assertions, then by value.
  static final Comparator<Claim> DATOM_ORDER =
      Comparator.comparingLong(Claim::e)
          .thenComparingLong((Claim claim) -> claim.a().id())
          .thenComparing(Claim::added)
          .thenComparing(Claim::v, ValueOrder::compare);

  private static int compare(Claim x, Claim y) {
    int order = Long.compare(x.e, y.e);
    if (order == 0) {
      order = Long.compare(x.a.id(), y.a.id());
    }
    if (order == 0) {
      order = ValueOrder.compare(x.v, y.v);
    }
    return order != 0 ? order : Boolean.compare(x.added, y.added);
  }

  boolean isAboutSameAs(Claim other) {
    return e == other.e && a.id() == other.a.id();
  }

  Datom datom(long tx) {
    return new Datom(e, a.id(), v, tx, added);
  }

  Fact fact() {
    return new Fact(e, a.id(), v);
  }
}
