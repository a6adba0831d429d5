/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import page.bits.error.BitsException;
import page.bits.storage.jdbc.shared.JdbcErrors;

/// What SQLite's result codes mean to Bits; the low byte of an extended code is its kind.
final class SqliteCodes {
  private static final int KIND = 0xff;

  private SqliteCodes() {}

  /// Someone else holds the lock: the statement certainly took no effect.
  static boolean isBusy(SQLException e) {
    int kind = kind(e);
    return kind == SQLiteErrorCode.SQLITE_BUSY.code || kind == SQLiteErrorCode.SQLITE_LOCKED.code;
  }

  /// The error for the user, when it was not a busy one.
  static BitsException wrap(SqliteFile file, SQLException e) {
    String where = file.toString();
    int kind = kind(e);
    if (kind == SQLiteErrorCode.SQLITE_NOTADB.code || kind == SQLiteErrorCode.SQLITE_CORRUPT.code) {
      return JdbcErrors.corrupt(where, e);
    }
    if (kind == SQLiteErrorCode.SQLITE_READONLY.code
        || kind == SQLiteErrorCode.SQLITE_PERM.code
        || kind == SQLiteErrorCode.SQLITE_AUTH.code
        || kind == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      return JdbcErrors.refused(
          where, "let this account read and write the file and its folder", e);
    }
    return JdbcErrors.failed(where, e);
  }

  private static int kind(SQLException e) {
    return (e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode())
        & KIND;
  }
}
