/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import page.bits.db.Log;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.query.algebra.Function;

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
    log(x[0]).txRange(x[1], x[2]).forEach(tx -> ids.add(tx.tx()));
    return ids;
  }

  /// The datoms of one transaction, or of all of one millisecond, as `[e a v tx added]`; none when
  /// there is no such transaction.
  private static Object txData(@Nullable Object[] x) {
    Log log = log(x[0]);
    return transactions(log, x[1])
        .flatMap(tx -> tx.data().stream())
        .map(datom -> List.of(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added()))
        .toList();
  }

  private static Stream<Log.LoggedTx> transactions(Log log, @Nullable Object point) {
    return switch (Given.normal(point)) {
      case Long transaction -> log.tx(transaction).stream();
      case Instant instant -> {
        Instant at = instant.truncatedTo(ChronoUnit.MILLIS);
        yield StreamSupport.stream(log.txRange(at, at.plusMillis(1)).spliterator(), false);
      }
      case null, default ->
          throw new IllegalArgumentException("not a transaction: " + Shown.typeOf(point));
    };
  }

  private static Log log(@Nullable Object value) {
    if (value instanceof Log log) {
      return log;
    }
    throw new IllegalArgumentException("not a log: " + Shown.typeOf(value));
  }
}
