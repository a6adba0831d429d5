/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import page.bits.testkit.Await;

/// A pgbouncer before the test server, of a pool mode. A missing program fails the test.
final class Pgbouncer implements AutoCloseable {
  private static final String NAME = "pgbouncer";

  private final Process process;
  private final int port;

  private Pgbouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Pgbouncer start(Path folder, String poolMode) throws IOException {
    int port = freePort();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path users = Files.writeString(folder.resolve("users"), "\"postgres\" \"\"\n");
    Path file =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            postgres = host=127.0.0.1 port=%d dbname=postgres
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = trust
            auth_file = %s
            pool_mode = %s
            default_pool_size = 8
            ignore_startup_parameters = extra_float_digits
            """
                .formatted(TestServer.get().getPort(), port, users, poolMode));
    var command = new ArrayList<>(List.of(program().toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody")); // it refuses to run as root
    }
    command.add(file.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    var pgbouncer = new Pgbouncer(process, port);
    Await.until("pgbouncer takes connections", pgbouncer::takesConnections);
    return pgbouncer;
  }

  private boolean takesConnections() {
    if (!process.isAlive()) {
      throw new AssertionError("pgbouncer ended with " + process.exitValue());
    }
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Path program() {
    var folders = new ArrayList<>(List.of(System.getenv("PATH").split(":", -1)));
    folders.add("/usr/sbin");
    return folders.stream()
        .map(folder -> Path.of(folder, NAME))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(NAME + " is not installed; run: ./bits test --install"));
  }

  String uri() {
    return "bits:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  @Override
  public void close() {
    process.destroy();
  }
}
