/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of the command line's errors.
final class CliErrors {
  private CliErrors() {}

  static BitsException fileMissing(String file) {
    return new BitsException(
        CliError.FILE_UNREADABLE, "There is no such file", ErrorData.of("file", file));
  }

  static BitsException fileUnreadable(String file, IOException cause) {
    return new BitsException(
        CliError.FILE_UNREADABLE,
        "The file cannot be read as UTF-8 text",
        ErrorData.of("file", file).and("reason", reason(cause)),
        cause);
  }

  static BitsException folderUnusable(String folder, IOException cause) {
    return new BitsException(
        CliError.FILE_UNREADABLE,
        "The folder of the database cannot be made: name a database with --db",
        ErrorData.of("folder", folder).and("reason", reason(cause)),
        cause);
  }

  static BitsException notATransaction(@Nullable Object found) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "A transaction is a vector of forms",
        ErrorData.of("expected", "a vector").and("found", found));
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null ? name : name + ": " + message;
  }
}
