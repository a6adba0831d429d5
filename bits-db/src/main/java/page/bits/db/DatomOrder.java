/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The sort order of each index: its components ascending, then t descending, then assertion before
/// retraction.
public final class DatomOrder {
  private DatomOrder() {}

  /// The comparator of an index; zero only for equal datoms.
  public static Comparator<Datom> of(Index index) {
    return switch (index) { // spelt out, since everything that is indexed goes through them
      case EAVT -> DatomOrder::eavt;
      case AEVT -> DatomOrder::aevt;
      case AVET -> DatomOrder::avet;
      case VAET -> DatomOrder::vaet;
    };
  }

  private static int eavt(Datom x, Datom y) {
    int order = Long.compare(x.e(), y.e());
    order = order != 0 ? order : Long.compare(x.a(), y.a());
    order = order != 0 ? order : ValueOrder.compare(x.v(), y.v());
    return order != 0 ? order : words(x, y);
  }

  private static int aevt(Datom x, Datom y) {
    int order = Long.compare(x.a(), y.a());
    order = order != 0 ? order : Long.compare(x.e(), y.e());
    order = order != 0 ? order : ValueOrder.compare(x.v(), y.v());
    return order != 0 ? order : words(x, y);
  }

  private static int avet(Datom x, Datom y) {
    int order = Long.compare(x.a(), y.a());
    order = order != 0 ? order : ValueOrder.compare(x.v(), y.v());
    order = order != 0 ? order : Long.compare(x.e(), y.e());
    return order != 0 ? order : words(x, y);
  }

  private static int vaet(Datom x, Datom y) {
    int order = ValueOrder.compare(x.v(), y.v());
    order = order != 0 ? order : Long.compare(x.a(), y.a());
    order = order != 0 ? order : Long.compare(x.e(), y.e());
    return order != 0 ? order : words(x, y);
  }

  /// What two transactions say of one fact: the newer first, assertion before retraction.
  private static int words(Datom x, Datom y) {
    int order = Long.compare(y.tx(), x.tx());
    return order != 0 ? order : Boolean.compare(y.added(), x.added());
  }

  /// Compares the first `count` components (0 to 4) in the order of the index.
  static int compare(
      Index index,
      int count,
      long e1,
      long a1,
      @Nullable Object v1,
      long tx1,
      long e2,
      long a2,
      @Nullable Object v2,
      long tx2) {
    if (count == 0) {
      return 0;
    }
    int order =
        switch (index) {
          case EAVT -> Long.compare(e1, e2);
          case AEVT, AVET -> Long.compare(a1, a2);
          case VAET -> values(v1, v2);
        };
    if (order != 0 || count == 1) {
      return order;
    }
    order =
        switch (index) {
          case EAVT, VAET -> Long.compare(a1, a2);
          case AEVT -> Long.compare(e1, e2);
          case AVET -> values(v1, v2);
        };
    if (order != 0 || count == 2) {
      return order;
    }
    order =
        switch (index) {
          case EAVT, AEVT -> values(v1, v2);
          case AVET, VAET -> Long.compare(e1, e2);
        };
    return order != 0 || count == 3 ? order : Long.compare(tx2, tx1);
  }

  private static int values(@Nullable Object x, @Nullable Object y) {
    return ValueOrder.compare(Objects.requireNonNull(x), Objects.requireNonNull(y));
  }
}
