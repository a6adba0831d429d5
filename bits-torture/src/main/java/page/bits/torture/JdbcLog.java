/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import page.bits.testkit.history.LogSource;

/// Reads a log out of its table with plain JDBC: of Bits it knows the names of tables and columns,
/// and nothing else.
final class JdbcLog implements LogSource {
  private static final int FETCH = 1_000;

  private final String jdbcUrl;
  private final String database;
  private final boolean isSqlite;

  /// The log of the Bits database of that name, behind that URL.
  JdbcLog(String jdbcUrl, String database) {
    this.jdbcUrl = jdbcUrl;
    this.database = database;
    this.isSqlite = jdbcUrl.startsWith("jdbc:sqlite:");
  }

  @Override
  public void read(Consumer<RawEntry> reader) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
      connection.setAutoCommit(false); // one snapshot, and rows as they come
      long number = number(connection, uuid(connection));
      try (PreparedStatement rows = rows(connection, number)) {
        rows.setFetchSize(FETCH);
        try (ResultSet row = rows.executeQuery()) {
          while (row.next()) {
            reader.accept(new RawEntry(row.getLong(1), row.getBytes(2), row.getBytes(3)));
          }
        }
      }
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException("the log cannot be read", e);
    }
  }

  @Override
  public byte[] blob(String key) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        PreparedStatement blob =
            connection.prepareStatement("SELECT bytes FROM bits_blob WHERE k = ?")) {
      blob.setString(1, key);
      try (ResultSet row = blob.executeQuery()) {
        return row.next() ? row.getBytes(1) : new byte[0];
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a part of the log cannot be read", e);
    }
  }

  private UUID uuid(Connection connection) throws SQLException {
    try (PreparedStatement catalog =
        connection.prepareStatement("SELECT bytes FROM bits_record WHERE k = ?")) {
      catalog.setString(1, "catalog/" + database);
      try (ResultSet row = catalog.executeQuery()) {
        row.next();
        return UUID.fromString(new String(row.getBytes(1), StandardCharsets.US_ASCII));
      }
    }
  }

  private long number(Connection connection, UUID uuid) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT n FROM bits_database WHERE uuid = ?")) {
      if (isSqlite) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        statement.setBytes(1, bytes.array());
      } else {
        statement.setObject(1, uuid);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private PreparedStatement rows(Connection connection, long number) throws SQLException {
    PreparedStatement rows =
        connection.prepareStatement(
            isSqlite
                ? "SELECT k - (? << 40), digest, bytes FROM bits_log WHERE k >> 40 = ? ORDER BY k"
                : "SELECT p, digest, bytes FROM bits_log WHERE ? = db AND db = ? ORDER BY p");
    rows.setLong(1, number);
    rows.setLong(2, number);
    return rows;
  }
}
