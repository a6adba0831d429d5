/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.testkit.Await;

/// Somebody else's open transaction that holds a position of a log: whoever appends there waits at
/// the server for its end. Closing it rolls back what is still open.
record Rival(Connection connection) implements AutoCloseable {
  static Rival holding(DatabaseId database, long position) throws SQLException {
    Connection connection = TestServer.get().getPostgresDatabase().getConnection();
    connection.setAutoCommit(false);
    try (var statement =
        connection.prepareStatement(
            "INSERT INTO bits_log SELECT n, ?, ?, ? FROM bits_database WHERE uuid = ?")) {
      statement.setLong(1, position);
      statement.setBytes(2, new byte[Digest.SIZE_BYTES]);
      statement.setBytes(3, new byte[1]);
      statement.setObject(4, database.uuid());
      assertThat(statement.executeUpdate()).isOne();
    }
    return new Rival(connection);
  }

  static long blockedAppends() {
    return TestServer.count(
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE application_name = 'bits' AND wait_event_type = 'Lock'");
  }

  void awaitBlockedAppend() {
    Await.until("an append that waits for its rival", () -> blockedAppends() > 0);
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
