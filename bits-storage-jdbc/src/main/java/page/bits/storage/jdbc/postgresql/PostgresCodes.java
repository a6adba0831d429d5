/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.StorageErrors;
import page.bits.error.BitsException;
import page.bits.storage.jdbc.shared.JdbcErrors;

/// What PostgreSQL's SQLSTATE codes mean to Bits.
final class PostgresCodes {
  private static final Set<String> LET_IN_NOT = Set.of("28000", "28P01", "08004", "42501");
  private static final Set<String> WAITED_TOO_LONG = Set.of("57014", "55P03", "40001", "40P01");
  private static final String DATABASE_MISSING = "3D000";
  private static final String TABLE_MISSING = "42P01";
  private static final String READ_ONLY = "25006";
  private static final String WAITING_FOR = "the server";

  private PostgresCodes() {}

  /// Whether the server said that the statement was rolled back, so that it certainly took no
  /// effect. Everything else leaves the outcome of a write open.
  static boolean tookNoEffect(SQLException e) {
    String state = state(e);
    return WAITED_TOO_LONG.contains(state) || state.startsWith("42") || state.equals(READ_ONLY);
  }

  /// Whether the server rolled a statement back since it keeps no more notifications: a listener
  /// has not taken its own for very long.
  static boolean tellsNobody(SQLException e) {
    return state(e).equals("54000");
  }

  /// Whether the connection cannot be used again: unless the server only refused a statement.
  static boolean breaksConnection(SQLException e) {
    return !tookNoEffect(e) && !tellsNobody(e);
  }

  /// Whether a read may be tried once more on a new connection: the old one had gone.
  static boolean lostConnection(SQLException e) {
    String state = state(e);
    return state.startsWith("08") || state.startsWith("57P");
  }

  static BitsException wrap(PostgresServer server, Duration deadline, SQLException e) {
    String where = server.toString();
    if (Thread.currentThread().isInterrupted()) {
      return StorageErrors.interrupted(e);
    }
    String state = state(e);
    if (LET_IN_NOT.contains(state)) {
      return JdbcErrors.refused(where, "mend user and password (user=…, PGPASSWORD), or grant", e);
    }
    if (state.equals(DATABASE_MISSING)) {
      return JdbcErrors.notFound(
          "database", where, "make it on the server: createdb " + server.database(), e);
    }
    if (state.equals(TABLE_MISSING)) {
      return JdbcErrors.notFound("tables", where, "add create=true to the URI once", e);
    }
    if (WAITED_TOO_LONG.contains(state)) {
      return StorageErrors.busy(WAITING_FOR, deadline);
    }
    if (state.equals(READ_ONLY)) {
      return JdbcErrors.unfit(where, "the server is read-only", "name the primary server");
    }
    return lostConnection(e) ? JdbcErrors.unavailable(where, e) : JdbcErrors.failed(where, e);
  }

  private static String state(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state == null ? "" : state;
  }
}
