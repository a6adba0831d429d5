/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log;

import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.spi.DatabaseId;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors about the log itself.
public final class LogErrors {
  private LogErrors() {}

  /// An entry's bytes are damaged, or it stands where another belongs.
  public static BitsException corrupt(
      DatabaseId database, long position, String reason, @Nullable Throwable cause) {
    return new BitsException(
        DbError.STORAGE_CORRUPT,
        "An entry of the log is damaged",
        ErrorData.of("database", database.toString())
            .and("position", position)
            .and("reason", reason)
            .and("remedy", "restore the storage from a backup"),
        cause);
  }

  /// An entry was written by a newer build.
  public static BitsException tooNew(long position, int format, int formatMax) {
    return new BitsException(
        DbError.TOO_NEW,
        "The log was written by a newer build",
        ErrorData.of("position", position)
            .and("format", (long) format)
            .and("reads-up-to", (long) formatMax)
            .and("remedy", "update this build"));
  }

  /// The log no longer continues what this peer has seen.
  public static BitsException forked(long position, String reason) {
    return new BitsException(
        DbError.LOG_FORKED,
        "The log was replaced by another history",
        ErrorData.of("position", position)
            .and("reason", reason)
            .and(
                "remedy", "restart this process once the storage holds the history that is meant"));
  }

  /// A cursor that this history does not hold.
  public static BitsException unknownCursor(String cursor) {
    return new BitsException(
        DbError.UNKNOWN_CURSOR,
        "The log does not hold this cursor",
        ErrorData.of("cursor", cursor)
            .and("remedy", "start again from a cursor of this database, or from the present"));
  }

  /// A t that is not in the log yet.
  public static BitsException beyondHead(long t, long headT) {
    return new BitsException(
        DbError.BEYOND_HEAD,
        "This t is beyond the head of the log",
        ErrorData.of("t", t).and("head", headT));
  }
}
