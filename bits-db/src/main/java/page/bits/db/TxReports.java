/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Duration;
import java.util.Optional;

/// A subscription: every transaction of every writer after a cursor, once, in order, without a gap.
///
/// A subscription is a cursor into the log, not a queue: it costs no memory while its reader is
/// slow or away. It belongs to one reader at a time; any number of subscriptions are independent of
/// each other. A report never comes before the connection's own [Connection#db()] shows it. Its
/// reader may transact.
///
/// Iterating calls [#take()] for ever. Errors: `:bits.error/closed` once it or its connection is
/// closed, category interrupted when the waiting thread is, `:bits.error/unknown-cursor` when the
/// log was replaced by a history that does not hold the cursor.
public interface TxReports extends Iterable<TxReport>, AutoCloseable {
  /// The next transaction; waits for it without a deadline.
  TxReport take();

  /// The next transaction, or empty when none came within `atMost`; zero asks without waiting.
  Optional<TxReport> poll(Duration atMost);

  /// The point after the last report that was handed out: store it to resume here, on any node.
  Cursor cursor();

  /// Ends the subscription and every call that waits in it. Idempotent.
  @Override
  void close();
}
