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
    return switch (index) {
      case EAVT -> (x, y) -> whole(Index.EAVT, x, y);
      case AEVT -> (x, y) -> whole(Index.AEVT, x, y);
      case AVET -> (x, y) -> whole(Index.AVET, x, y);
      case VAET -> (x, y) -> whole(Index.VAET, x, y);
    };
  }

  private static int whole(Index index, Datom x, Datom y) {
    int order = compare(index, 4, x.e(), x.a(), x.v(), x.tx(), y.e(), y.a(), y.v(), y.tx());
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
