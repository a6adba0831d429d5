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

  static BitsException portInUse(String host, int port) {
    return new BitsException(
        CliError.PORT_IN_USE,
        "Another process listens on this port: stop it, or choose another with --port (0: any free"
            + " one)",
        ErrorData.of("host", host).and("port", port));
  }

  static BitsException addressUnusable(String host, int port, Throwable cause) {
    return new BitsException(
        CliError.ADDRESS_UNUSABLE,
        "This machine cannot listen on that address",
        ErrorData.of("host", host).and("port", port).and("reason", reason(cause)),
        cause);
  }

  static BitsException folderUnusable(String folder, IOException cause) {
    return new BitsException(
        CliError.FILE_UNREADABLE,
        "The folder of the database cannot be made: name a database with --db",
        ErrorData.of("folder", folder).and("reason", reason(cause)),
        cause);
  }

  static BitsException noApplication() {
    return new BitsException(
        DbError.UNSUPPORTED, "This build holds no application to serve", ErrorData.none());
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
