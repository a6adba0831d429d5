/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Log;
import page.bits.db.Partition;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.index.Recording;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.QueryErrors;

/// Functions that read a log, which a query gets as an input: `:in $ ?log`.
final class LogFunctions {
  private LogFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.pure("tx-ids", 3, 3, LogFunctions::txIds),
        Function.pure("tx-data", 2, 2, LogFunctions::txData));
  }

  /// The transactions from the second argument (inclusive) to the third (exclusive); nil is open.
  private static Object txIds(@Nullable Object[] x) {
    var ids = new ArrayList<Long>();
    for (Log.LoggedTx tx : log(x[0]).txRange(t(x[1]), t(x[2]))) {
      ids.add(Partition.tx(tx.t()));
    }
    return ids;
  }

  /// The datoms of one transaction, as `[e a v tx added]`; none when there is no such transaction.
  private static Object txData(@Nullable Object[] x) {
    Long t = t(x[1]);
    if (t == null) {
      throw new IllegalArgumentException("no transaction");
    }
    var data = new ArrayList<List<Object>>();
    for (Log.LoggedTx tx : log(x[0]).txRange(t, t + 1)) {
      for (Datom datom : tx.data()) {
        data.add(List.of(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added()));
      }
    }
    return data;
  }

  private static Log log(@Nullable Object value) {
    if (!(value instanceof Log log)) {
      throw new IllegalArgumentException("not a log: " + Shown.typeOf(value));
    }
    if (Recording.isActive()) {
      throw QueryErrors.unrecordedLog();
    }
    return log;
  }

  /// The t that a t or a transaction entity means; null for nil.
  private static @Nullable Long t(@Nullable Object point) {
    return switch (point) {
      case null -> null;
      case Long n when Partition.of(n) == Partition.TX -> (Long) Partition.counter(n);
      case Long n -> n;
      default -> throw new IllegalArgumentException("not a t: " + Shown.typeOf(point));
    };
  }
}
