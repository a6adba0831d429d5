/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import page.bits.storage.jdbc.shared.JdbcErrors;
import page.bits.storage.jdbc.shared.SqlSession;

/// Opens connections to one server, and makes the tables of a new storage.
final class PostgresSessions {
  private static final long LAYOUT = 1;

  /// "bits" in ASCII: serializes nodes that make the tables at the same moment.
  private static final long MAKING_TABLES = 0x62697473L;

  private static final String TABLES =
      """
      CREATE TABLE bits_database(
        n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, uuid uuid NOT NULL UNIQUE);
      CREATE TABLE bits_log(
        db bigint, p bigint, digest bytea NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (db, p));
      CREATE TABLE bits_blob(k text COLLATE "C" PRIMARY KEY, bytes bytea NOT NULL);
      CREATE TABLE bits_record(
        k text COLLATE "C" PRIMARY KEY, version bigint NOT NULL, bytes bytea NOT NULL);
      ALTER TABLE bits_log ALTER COLUMN bytes SET STORAGE EXTERNAL;
      ALTER TABLE bits_blob ALTER COLUMN bytes SET STORAGE EXTERNAL;
      CREATE TABLE bits_layout(layout bigint PRIMARY KEY);
      INSERT INTO bits_layout VALUES(%d);
      """
          .formatted(LAYOUT);

  /// A server whose commits do not wait for its disk is told to wait in our sessions; a stronger
  /// setting than "on" stays.
  private static final String DURABLE =
      """
      SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')
        WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)
      """;

  /// What holds where no session has set it.
  private static final String RESET_COMMIT =
      "SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit'";

  private final PostgresServer server;
  private final Duration deadline;

  /// Whether a pooler stands between: what a session sets or prepares may reach another one's
  /// statements, or none. Known after [#prepare(boolean)].
  private volatile boolean isPooled;

  PostgresSessions(PostgresServer server, Duration deadline) {
    this.server = server;
    this.deadline = deadline;
  }

  /// Looks at the server for the first time, makes the tables if that is asked for, and answers
  /// what an operator wants to see.
  Map<String, String> prepare(boolean create) {
    try (SqlSession session = connect(properties())) {
      isPooled = isPooled(session);
      if (session.text("SELECT pg_is_in_recovery()").equals("t")) {
        throw JdbcErrors.unfit(
            server.toString(), "the server is a replica", "name the primary server");
      }
      if (isMissing(session)) {
        if (!create) {
          throw JdbcErrors.notFound(
              "tables", server.toString(), "add create=true to the URI once", null);
        }
        makeTables(session);
      }
      requireKnownLayout(session);
      requireDurable(session);
      return settings(session);
    } catch (SQLException e) {
      throw PostgresCodes.wrap(server, deadline, e);
    }
  }

  /// A connection for writing durably and for reading. Throws our errors only.
  SqlSession durable() {
    try {
      return connect(properties(), DURABLE);
    } catch (SQLException e) {
      throw PostgresCodes.wrap(server, deadline, e);
    }
  }

  /// A connection for notifications. Their statement itself says that its commit need not reach the
  /// disk: behind a pooler a setting of the session could come to be that of an append.
  SqlSession notifying() {
    try {
      return connect(properties());
    } catch (SQLException e) {
      throw PostgresCodes.wrap(server, deadline, e);
    }
  }

  boolean isPooled() {
    return isPooled;
  }

  /// Whether the process that the connection was told of at its start is another than the one that
  /// answers: then somebody in between makes the connections.
  private static boolean isPooled(SqlSession session) throws SQLException {
    int told = session.connection().unwrap(PGConnection.class).getBackendPID();
    return !session.text("SELECT pg_backend_pid()").equals(Integer.toString(told));
  }

  /// A connection that waits for notifications; it is not shared, and its errors are the caller's.
  SqlSession listening(boolean plain) throws SQLException {
    Properties properties = properties();
    if (plain) {
      PGProperty.SSL_MODE.set(properties, "disable");
      PGProperty.SOCKET_FACTORY.set(properties, FastSocketFactory.class.getName());
    }
    return connect(properties, "LISTEN " + PostgresHints.CHANNEL);
  }

  private Properties properties() {
    var properties = new Properties();
    PGProperty.USER.set(properties, server.user());
    PGProperty.PASSWORD.set(properties, server.password().text());
    PGProperty.APPLICATION_NAME.set(properties, "bits");
    // Prepared by name, bytea goes binary from the first execution; a pooler forgets the names.
    PGProperty.PREPARE_THRESHOLD.set(properties, isPooled ? 0 : 1);
    PGProperty.BINARY_TRANSFER.set(properties, true);
    PGProperty.TCP_NO_DELAY.set(properties, true);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    int seconds = Math.toIntExact(Math.max(1, deadline.toSeconds()));
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
    PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
    PGProperty.SOCKET_TIMEOUT.set(properties, seconds + 1);
    if (server.sslMode() != null) {
      PGProperty.SSL_MODE.set(properties, server.sslMode());
    }
    return properties;
  }

  /// Connects and runs these statements; a connection on which one fails is closed.
  private SqlSession connect(Properties properties, String... first) throws SQLException {
    Connection connection = new Driver().connect(server.jdbcUrl(), properties);
    if (connection == null) {
      throw new SQLException("the driver does not take the URL");
    }
    var session = new SqlSession(connection);
    boolean done = false;
    try {
      limit(session);
      for (String sql : first) {
        session.execute(sql);
      }
      done = true;
      return session;
    } finally {
      if (!done) {
        session.close();
      }
    }
  }

  /// The server gives up before we do, so that most late statements have a clear end.
  private void limit(SqlSession session) throws SQLException {
    long millis = deadline.toMillis();
    session.execute(
        "SET statement_timeout="
            + millis * 9 / 10
            + "; SET lock_timeout="
            + millis * 8 / 10
            + "; SET idle_in_transaction_session_timeout="
            + millis
            + "; SET default_transaction_isolation='read committed'");
    session.connection().setNetworkTimeout(Runnable::run, Math.toIntExact(millis * 11 / 10));
  }

  /// Asks the catalog itself: to_regclass answers from the backend's cache, which may still say
  /// "no" when another node has made the tables while this one waited for it.
  private static boolean isMissing(SqlSession session) throws SQLException {
    return session
        .text(
            "SELECT count(*) FROM pg_class"
                + " WHERE relname = 'bits_layout' AND pg_table_is_visible(oid)")
        .equals("0");
  }

  /// Makes all tables or none; nodes that start at once wait for each other.
  private static void makeTables(SqlSession session) throws SQLException {
    Connection connection = session.connection();
    connection.setAutoCommit(false);
    session.text("SELECT pg_advisory_xact_lock(" + MAKING_TABLES + ")");
    if (isMissing(session)) {
      session.execute(TABLES);
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void requireKnownLayout(SqlSession session) throws SQLException {
    long layout = Long.parseLong(session.text("SELECT max(layout) FROM bits_layout"));
    if (layout > LAYOUT) {
      throw JdbcErrors.tooNew(server.toString(), layout, LAYOUT);
    }
  }

  /// Behind a pooler nobody can tell a session's appends to wait for the disk.
  private void requireDurable(SqlSession session) throws SQLException {
    if (isPooled && session.text(RESET_COMMIT).equals("off")) {
      throw JdbcErrors.unfit(
          server.toString(),
          "synchronous_commit is off, and a pooler stands between",
          "set it to on at the server, or connect without the pooler");
    }
  }

  private Map<String, String> settings(SqlSession session) throws SQLException {
    var settings = new TreeMap<String, String>();
    settings.put("kind", "postgresql");
    settings.put("server", server.toString());
    settings.put("user", server.user());
    settings.put("version", session.text("SHOW server_version"));
    settings.put("serverSynchronousCommit", session.text("SHOW synchronous_commit"));
    session.text(DURABLE);
    settings.put("synchronousCommit", session.text("SHOW synchronous_commit"));
    settings.put("pooler", isPooled ? "yes" : "no");
    String fsync = session.text("SHOW fsync");
    String fullPages = session.text("SHOW full_page_writes");
    settings.put("fsync", fsync);
    settings.put("fullPageWrites", fullPages);
    settings.put("durable", fsync.equals("on") && fullPages.equals("on") ? "yes" : "no");
    settings.put("tls", isTls(session) ? "on" : "off");
    return Collections.unmodifiableMap(settings);
  }

  private static boolean isTls(SqlSession session) throws SQLException {
    return session.text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").equals("t");
  }
}
