/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import page.bits.db.spi.Bytes;

/// One connection in autocommit mode, with its prepared statements kept.
///
/// Confined to one caller at a time; [SessionPool] sees to it.
public final class SqlSession implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SqlSession.class.getName());

  private final Connection connection;
  private final Map<String, PreparedStatement> kept = new HashMap<>();

  public SqlSession(Connection connection) {
    this.connection = connection;
  }

  public Connection connection() {
    return connection;
  }

  /// Runs statements that have no parameters and whose result is of no interest.
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The number of rows that the statement changed.
  public int update(String sql, Object... arguments) throws SQLException {
    return bound(sql, arguments).executeUpdate();
  }

  public <T> List<T> query(String sql, RowReader<T> reader, Object... arguments)
      throws SQLException {
    var rows = new ArrayList<T>();
    try (ResultSet row = bound(sql, arguments).executeQuery()) {
      while (row.next()) {
        rows.add(reader.read(row));
      }
    }
    return rows;
  }

  /// The first row, if there is one.
  public <T> Optional<T> first(String sql, RowReader<T> reader, Object... arguments)
      throws SQLException {
    try (ResultSet row = bound(sql, arguments).executeQuery()) {
      return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
    }
  }

  /// The first column of the first row as text, empty when there is none.
  public String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      String text = row.next() ? row.getString(1) : null;
      return text == null ? "" : text;
    }
  }

  /// The statement with its arguments set; it stays open for the next call.
  public PreparedStatement bound(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = kept.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      kept.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case Bytes bytes -> statement.setBytes(i + 1, bytes.toArray());
        case Long number -> statement.setLong(i + 1, number);
        case Integer number -> statement.setInt(i + 1, number);
        case String text -> statement.setString(i + 1, text);
        case Object other -> statement.setObject(i + 1, other);
      }
    }
    return statement;
  }

  /// Closes the connection; a connection that fails at that is gone anyway.
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection failed while it was closed", e);
    }
  }

  /// Ends whatever another thread waits for on this connection.
  public void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection failed while it was ended", e);
    }
  }

  /// Reads one row into a value.
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
