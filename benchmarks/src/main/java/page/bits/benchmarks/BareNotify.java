/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// What PostgreSQL itself takes from an INSERT to a notification of it in another process, and
/// until that process has read the row: the floor below a report, whose data no notification
/// carries. Confined to one thread.
final class BareNotify implements AutoCloseable {
  private static final String CHANNEL = "bare";
  private static final int ENTRY_BYTES = 330;
  private static final String SOCKETS =
      "page.bits.storage.jdbc.postgresql.FastSocketFactory"; // by name: the driver makes it

  private final Connection connection;

  private BareNotify(Connection connection) {
    this.connection = connection;
  }

  /// Who inserts and notifies; nobody with an empty URL.
  static BareNotify sender(String jdbcUrl) throws SQLException {
    return connected(jdbcUrl, "CREATE TABLE bare(p bigint PRIMARY KEY, bytes bytea NOT NULL)");
  }

  /// Who reads what was inserted; nobody with an empty URL.
  static BareNotify reader(String jdbcUrl) throws SQLException {
    return connected(jdbcUrl, "SELECT 1");
  }

  /// Who listens; nobody with an empty URL. On a socket like that of our own listener: with the
  /// driver's it would wait 1 ms after each notification for another, and be no floor.
  static BareNotify listener(String jdbcUrl) throws SQLException {
    return connected(
        jdbcUrl.isEmpty() ? jdbcUrl : jdbcUrl + "&socketFactory=" + SOCKETS, "LISTEN " + CHANNEL);
  }

  private static BareNotify connected(String jdbcUrl, String first) throws SQLException {
    if (jdbcUrl.isEmpty()) {
      return new BareNotify(DriverManager.getConnection("jdbc:sqlite::memory:"));
    }
    Connection connection = DriverManager.getConnection(jdbcUrl);
    try (Statement statement = connection.createStatement()) {
      statement.execute(first);
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
      notify.setString(1, CHANNEL);
      notify.setString(2, Integer.toString(number));
      notify.executeQuery().close();
    }
  }

  /// The moments at which rows were told of, and at which they had been read.
  record Arrivals(long[] heard, long[] read) {
    static final Arrivals NONE = new Arrivals(new long[0], new long[0]);
  }

  /// Of so many rows, each read by `reader` as soon as it is told of.
  Arrivals arrivals(int count, BareNotify reader) throws SQLException {
    var arrivals = new Arrivals(new long[count], new long[count]);
    PGConnection listening = connection.unwrap(PGConnection.class);
    try (PreparedStatement select =
        reader.connection.prepareStatement("SELECT bytes FROM bare WHERE p = ?")) {
      for (int seen = 0; seen < count; ) {
        PGNotification[] heard = listening.getNotifications(0);
        long now = System.nanoTime();
        for (PGNotification notification : heard) {
          int number = Integer.parseInt(notification.getParameter());
          arrivals.heard()[number] = now;
          select.setLong(1, number);
          try (ResultSet row = select.executeQuery()) {
            if (!row.next() || row.getBytes(1).length != ENTRY_BYTES) {
              throw new IllegalStateException("row " + number + " is not there");
            }
          }
          arrivals.read()[number] = System.nanoTime();
          seen++;
        }
      }
    }
    return arrivals;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
