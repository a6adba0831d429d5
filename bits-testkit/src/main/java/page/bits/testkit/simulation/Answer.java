/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.UUID;
import page.bits.db.Cursor;
import page.bits.db.DbError;
import page.bits.db.TxReport;
import page.bits.error.BitsException;

/// What a client was told of its transaction.
sealed interface Answer {
  /// It is at t.
  record Acked(long t, Cursor cursor, UUID submissionId) implements Answer {}

  /// It was judged, and is not in the log.
  record Refused(String code) implements Answer {}

  /// It was not judged to the end, and is not in the log and never will be.
  record Never(String code) implements Answer {}

  /// Nobody knows yet.
  record Unknown(UUID submissionId) implements Answer {}

  /// Its process died.
  record Crashed() implements Answer {}

  static Answer of(TxReport report) {
    return new Acked(report.t(), report.cursor(), report.submissionId());
  }

  static Answer of(BitsException e) {
    if (e.is(DbError.OUTCOME_UNKNOWN)) {
      return new Unknown((UUID) java.util.Objects.requireNonNull(e.data().get("submission")));
    }
    boolean isNever =
        e.is(DbError.DEADLINE)
            || e.is(DbError.CLOSED)
            || e.is(DbError.BUSY)
            || e.is(DbError.LOG_FORKED)
            || e.is(DbError.STORAGE_UNAVAILABLE);
    return isNever ? new Never(e.code()) : new Refused(e.code());
  }
}
