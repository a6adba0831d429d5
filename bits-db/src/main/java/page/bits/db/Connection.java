/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A peer of one database: it commits, applies every transaction of every writer, and reports them.
/// Thread-safe.
///
/// Every waiting call has a deadline (10 s unless given) and ends with `:bits.error/closed` when
/// the connection is closed. An interrupted wait throws category interrupted with the thread's flag
/// set.
public interface Connection extends AutoCloseable {
  /// The newest database value here. Never blocks, never fails for want of storage.
  Db db();

  /// A value that holds everything committed anywhere before this call.
  Db sync();

  /// A value that holds transaction t; `:bits.error/beyond-head` when t is beyond the head of the
  /// log.
  Db sync(long t);

  /// The same as [#sync()], without waiting. The future fails with the bare
  /// [page.bits.error.BitsException]; cancelling it stops nothing, and what depends on it never
  /// runs on a thread of the connection.
  CompletableFuture<Db> syncAsync();

  /// The same as [#sync(long)], without waiting.
  CompletableFuture<Db> syncAsync(long t);

  /// Commits one transaction given as EDN text (one vector of forms) and waits for it.
  TxReport transact(String edn);

  /// Commits these forms and waits.
  TxReport transact(List<?> forms);

  /// Commits this transaction and waits.
  TxReport transact(Tx tx);

  /// Submits a transaction. Submissions of one connection keep their order. The future completes
  /// once this connection's [#db()] shows the transaction, or fails with the bare
  /// [page.bits.error.BitsException]; what depends on it never runs on a thread of the connection.
  CompletableFuture<TxReport> transactAsync(Tx tx);

  /// The session of this peer, on which its ephemeral facts stand: who is here, what is worked on.
  /// It is opened when it is first needed. `:bits.error/read-only` on a connection that only reads.
  Session session();

  /// What became of a submission, made here or on any other node, before any number of restarts.
  ///
  /// Cost: one read of the head and, for a submission without an id of its caller's
  /// ([Tx#id(UUID)]), a read of the log from where it was submitted to where it lies; for one that
  /// is nowhere, to the head.
  Outcome outcome(UUID submissionId);

  /// Commits what is missing of a schema: idempotent and safe when many nodes start at once.
  void ensureSchema(String edn);

  /// Every transaction from now on.
  TxReports txReports();

  /// Every transaction right after a cursor, however old; `:bits.error/unknown-cursor` when this
  /// log does not hold it.
  TxReports txReports(Cursor after);

  /// Every transaction after t, exclusive; 0 is everything.
  TxReports txReportsAfter(long t);

  /// The point of the newest transaction here.
  Cursor cursor();

  /// The log of this database, as far as this connection has applied it.
  Log log();

  /// How this connection and its storage are doing; asks the storage for the head of the log, and
  /// says what it knows and what is wrong where that does not answer.
  Status status();

  /// Releases the connection: ends waiting calls and subscriptions. Idempotent. Committed work is
  /// never lost.
  @Override
  void close();
}
