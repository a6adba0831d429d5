/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of the errors that every storage can throw, for those who implement one.
public final class StorageErrors {
  private StorageErrors() {}

  /// The storage was closed by this process; opening it again mends it.
  public static BitsException closed() {
    return new BitsException(DbError.CLOSED, "The storage is closed", ErrorData.none());
  }

  /// A lock or connection could not be had before the deadline; the call took no effect.
  public static BitsException busy(String waitingFor, Duration deadline) {
    return new BitsException(
        DbError.BUSY,
        "The storage is busy",
        ErrorData.of("waitingFor", waitingFor).and("deadlineMillis", deadline.toMillis()));
  }

  /// The calling thread was interrupted while it waited; its flag is set again.
  public static BitsException interrupted(@Nullable Throwable cause) {
    Thread.currentThread().interrupt();
    return new BitsException(
        DbError.INTERRUPTED, "Interrupted while waiting for the storage", ErrorData.none(), cause);
  }

  /// A blob key holds other bytes: keys name content once and for ever.
  public static BitsException blobKeyReused(String key) {
    return new BitsException(
        DbError.INTERNAL, "A blob key is already used for other bytes", ErrorData.of("key", key));
  }

  /// A log has a hole below its head, which no writer can have made.
  public static BitsException gap(DatabaseId database, long expected, long found) {
    return new BitsException(
        DbError.STORAGE_CORRUPT,
        "The log has a gap",
        ErrorData.of("database", database.toString())
            .and("expected", expected)
            .and("found", found));
  }
}
