/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A real PostgreSQL server for the tests of this JVM, with its disk settings as in production.
final class TestServer {
  private static final EmbeddedPostgres SERVER = start();

  private TestServer() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EmbeddedPostgres get() {
    return SERVER;
  }

  static String uri() {
    return uri("postgres", "postgres");
  }

  static String uri(String database, String user) {
    return "bits:postgresql://localhost:" + SERVER.getPort() + "/" + database + "?user=" + user;
  }

  /// The one number that a query answers.
  static long count(String sql) {
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// A second server, which asks for passwords; nobody has one. The caller closes it.
  static EmbeddedPostgres withPasswords() throws IOException, SQLException {
    EmbeddedPostgres server = EmbeddedPostgres.start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER ROLE postgres PASSWORD 'right'");
      try (ResultSet row = statement.executeQuery("SHOW hba_file")) {
        row.next();
        Files.writeString(Path.of(row.getString(1)), "host all all all scram-sha-256\n");
      }
      statement.execute("SELECT pg_reload_conf()");
    }
    return server;
  }
}
