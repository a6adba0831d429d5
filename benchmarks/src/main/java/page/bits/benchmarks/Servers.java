/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// What benchmarks run on: fresh files, a PostgreSQL that flushes, and JVMs of this class path.
final class Servers {
  private Servers() {}

  static Path folder() throws IOException {
    return Files.createTempDirectory("bits-bench");
  }

  static String sqlite() throws IOException {
    return "bits:sqlite:" + folder().resolve("bench.db");
  }

  static EmbeddedPostgres postgresql() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  static String uri(EmbeddedPostgres server) {
    return "bits:postgresql://127.0.0.1:"
        + server.getPort()
        + "/postgres?user=postgres&create=true";
  }

  /// Of a database of that server beside the one at [#uri]: a notification goes to every listener
  /// of its database.
  static String bareJdbcUrl(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE bare");
    }
    return server.getJdbcUrl("postgres", "bare");
  }

  /// A JVM with 512 MB that runs `main` of this class path; its stderr is ours.
  static Process java(String main, String... arguments) throws IOException {
    return jvm("512m", System.getProperty("java.class.path"), main, arguments);
  }

  /// A JVM with so much heap that runs `main` of a class path.
  static Process jvm(String heap, String classPath, String main, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders", // as ./bits does
            "-Xmx" + heap,
            "-cp"));
    command.add(classPath);
    command.add(main);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
