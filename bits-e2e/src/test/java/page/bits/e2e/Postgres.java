/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL server that keeps what it acknowledged (fsync on) and asks for passwords. Closing
/// it ends it.
public final class Postgres implements AutoCloseable {
  static final String USER = "bits";
  static final String PASSWORD = "right-password";

  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();

  private Postgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /// A server with the account [#USER]; `folder` takes its access rules.
  public static Postgres start(Path folder) {
    try {
      Path rules = folder.resolve("pg_hba.conf");
      Files.writeString(
          rules,
          """
          local all postgres trust
          host all postgres all trust
          host all all all scram-sha-256
          """);
      var server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("hba_file", rules.toString())
              .start();
      var postgres = new Postgres(server);
      postgres.execute("create role " + USER + " login createdb password '" + PASSWORD + "'");
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes an empty PostgreSQL database and answers its name.
  public String newDatabase() {
    String name = "bits_" + databases.incrementAndGet();
    execute("create database " + name + " owner " + USER);
    return name;
  }

  /// The Bits URI of such a database.
  public String uri(String database) {
    return uri(database, PASSWORD);
  }

  String uri(String database, String password) {
    return "bits:postgresql://127.0.0.1:%d/%s?user=%s&password=%s&create=true"
        .formatted(port(), database, USER, password);
  }

  public int port() {
    return server.getPort();
  }

  private void execute(String sql) {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
