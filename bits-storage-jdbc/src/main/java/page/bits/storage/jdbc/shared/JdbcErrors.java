/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.shared;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of the errors of the JDBC storages. `where` is a file or `//host:port/database`,
/// never with a password.
public final class JdbcErrors {
  private JdbcErrors() {}

  /// It is away, or the connection broke; trying again can succeed.
  public static BitsException unavailable(String where, SQLException cause) {
    return new BitsException(
        DbError.STORAGE_UNAVAILABLE,
        "The storage cannot be reached",
        data(where, cause).and("remedy", "start it, or mend host and port in the URI"),
        cause);
  }

  /// It answered with an error that says nothing about being away.
  public static BitsException failed(String where, SQLException cause) {
    return new BitsException(
        DbError.STORAGE_UNAVAILABLE, "The storage failed", data(where, cause), cause);
  }

  /// An account is not let in, or may not do what is needed.
  public static BitsException refused(String where, String remedy, @Nullable Throwable cause) {
    return new BitsException(
        DbError.STORAGE_REFUSED,
        "The storage refuses access",
        data(where, cause).and("remedy", remedy),
        cause);
  }

  /// A file, a folder, a server's database or its tables are not there.
  public static BitsException notFound(
      String what, String where, String remedy, @Nullable Throwable cause) {
    return new BitsException(
        DbError.STORAGE_NOT_FOUND,
        "The storage does not exist",
        ErrorData.of("missing", what).and("where", where).and("remedy", remedy),
        cause);
  }

  /// It can be reached, but Bits must not write there.
  public static BitsException unfit(String where, String reason, String remedy) {
    return new BitsException(
        DbError.STORAGE_REFUSED,
        "The storage is not fit for Bits",
        ErrorData.of("where", where).and("reason", reason).and("remedy", remedy));
  }

  /// The file holds something else, or is damaged.
  public static BitsException corrupt(String where, @Nullable Throwable cause) {
    return new BitsException(
        DbError.STORAGE_CORRUPT,
        "The file is not a SQLite database, or is damaged",
        data(where, cause).and("remedy", "name another file, or restore this one from a backup"),
        cause);
  }

  /// A newer build made the tables.
  public static BitsException tooNew(String where, long found, long known) {
    return new BitsException(
        DbError.TOO_NEW,
        "The storage was made by a newer Bits",
        ErrorData.of("where", where)
            .and("layout", found)
            .and("knownLayout", known)
            .and("remedy", "use a newer build"));
  }

  /// A parameter of the URI has a value that cannot be used.
  public static BitsException invalidParameter(String name, String expected) {
    return new BitsException(
        DbError.INVALID_URI,
        "A parameter of the database URI has another shape",
        ErrorData.of("parameter", name).and("expected", expected));
  }

  private static ErrorData data(String where, @Nullable Throwable cause) {
    ErrorData data = ErrorData.of("where", where);
    return cause instanceof SQLException sql && sql.getSQLState() != null
        ? data.and("sqlState", sql.getSQLState())
        : data;
  }
}
