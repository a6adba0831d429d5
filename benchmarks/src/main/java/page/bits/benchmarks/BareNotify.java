/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// Inserts rows into PostgreSQL and notifies of them, with nothing of ours in between: together
/// with [BareListener] the floor below a report. Confined to one thread.
final class BareNotify implements AutoCloseable {
  static final int ENTRY_BYTES = 330;

  private final Connection connection;

  private BareNotify(Connection connection) {
    this.connection = connection;
  }

  static BareNotify open(String jdbcUrl) throws SQLException {
    Connection connection = DriverManager.getConnection(jdbcUrl);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE bare(p bigint PRIMARY KEY, bytes bytea NOT NULL)");
    }
    return new BareNotify(connection);
  }

  /// An INSERT that is durable when it returns, then a NOTIFY that need not be.
  void send(int number) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO bare(p, bytes) VALUES(?, ?)")) {
      insert.setLong(1, number);
      insert.setBytes(2, new byte[ENTRY_BYTES]);
      insert.executeUpdate();
    }
    try (PreparedStatement notify =
        connection.prepareStatement(
            "SELECT set_config('synchronous_commit', 'off', true), pg_notify(?, ?)")) {
      notify.setString(1, BareListener.Waiting.of(number).channel());
      notify.setString(2, Integer.toString(number));
      notify.executeQuery().close();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
