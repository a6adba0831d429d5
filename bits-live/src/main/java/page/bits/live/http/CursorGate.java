/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.DbError;
import page.bits.db.TxReports;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;
import page.bits.live.LiveErrors;
import page.bits.live.LiveSettings;
import page.bits.live.fragment.LiveNode;

/// Checks the cursors that clients bring, and lets a node that is behind catch up.
final class CursorGate {
  private final Connection connection;
  private final LiveNode node;
  private final LiveSettings settings;

  CursorGate(Connection connection, LiveNode node, LiveSettings settings) {
    this.connection = connection;
    this.node = node;
    this.settings = settings;
  }

  /// The cursor, verified, with the node at or beyond it. Errors: `:bits.error/invalid-cursor`,
  /// `:bits.error/unknown-cursor`, `:bits.error/node-behind`.
  Cursor require(String text) {
    Cursor cursor = Cursor.parse(text).orElseThrow(LiveErrors::invalidCursor);
    verify(cursor);
    return cursor;
  }

  /// The t that a client has seen, by its cookie; 0 when the cookie says nothing that binds here:
  /// it is of another database or forged, or no newer than what this node has anyway.
  long seen(Optional<String> cookie) {
    Optional<Cursor> cursor = cookie.flatMap(Cursor::parse);
    if (cursor.isEmpty() || cursor.get().t() <= node.moment().t()) {
      return 0;
    }
    try {
      verify(cursor.get());
      return cursor.get().t();
    } catch (BitsException unknown) {
      if (unknown.is(DbError.UNKNOWN_CURSOR)) {
        return 0;
      }
      throw unknown;
    }
  }

  private void verify(Cursor cursor) {
    if (cursor.t() > node.moment().t()) {
      catchUp(cursor);
    }
    Optional<Boolean> known = node.cursors().holds(cursor);
    if (known.isEmpty()) {
      try (TxReports reports = connection.txReports(cursor)) {
        assert reports != null; // opening it is the check
      }
    } else if (!known.get()) {
      throw unknown(cursor.t());
    }
  }

  private void catchUp(Cursor cursor) {
    long began = System.nanoTime();
    sync(cursor.t());
    long left = settings.cursorWait().toNanos() - (System.nanoTime() - began);
    if (!node.reach(cursor.t(), java.time.Duration.ofNanos(Math.max(left, 1)))) {
      throw LiveErrors.nodeBehind(cursor.t(), node.moment().t());
    }
  }

  /// Asks the storage for t, on a thread of its own: the wait here ends in time, whatever it does.
  private void sync(long t) {
    var task = new FutureTask<>(() -> connection.sync(t));
    Thread thread = Thread.ofVirtual().start(task);
    try {
      task.get(settings.cursorWait().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) { // told as what it is: a node that is behind
      throw LiveErrors.nodeBehind(t, node.moment().t());
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof BitsException error) {
        throw error.is(DbError.BEYOND_HEAD) ? unknown(t) : error;
      }
      throw new IllegalStateException("sync failed", failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw LiveErrors.nodeBehind(t, node.moment().t());
    } finally {
      thread.interrupt();
    }
  }

  private static BitsException unknown(long t) {
    return new BitsException(
        DbError.UNKNOWN_CURSOR, "The log does not hold this cursor", ErrorData.of("t", t));
  }
}
