/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The log of a database: every transaction, in order. Thread-safe; also a source of queries, for
/// `tx-ids` and `tx-data`.
///
/// ```java
/// for (Log.LoggedTx tx : connection.log().txRange(Instant.parse("2026-01-01T00:00:00Z"), null)) {
///   count += tx.data().size();
/// }
/// ```
///
/// It ends where the connection stands when it is read. A point is a t, the entity id of a
/// transaction, or an `Instant` (or `Date`), which stands for the first transaction at or after it;
/// anything else is `:db.error/invalid-time-point`. Not to be read inside a recorded computation:
/// `:bits.error/unrecorded-read`.
public interface Log {
  /// One transaction of the log; the datom of its txInstant comes first.
  record LoggedTx(long t, List<Datom> data) {
    public LoggedTx {
      data = List.copyOf(data);
    }

    /// The entity id of the transaction.
    public long tx() {
      return Partition.tx(t);
    }
  }

  /// The transactions from `start` (inclusive) to `end` (exclusive), null is open; lazy, may be
  /// iterated again. Ends need not be transactions.
  Iterable<LoggedTx> txRange(@Nullable Object start, @Nullable Object end);

  /// The transaction of that t or entity id; empty when there is none.
  default Optional<LoggedTx> tx(long point) {
    Iterator<LoggedTx> found = txRange(point, null).iterator();
    return found.hasNext()
        ? Optional.of(found.next()).filter(tx -> tx.t() == Partition.counter(point))
        : Optional.empty();
  }
}
