/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import page.bits.testkit.history.LogSource;

/// A PostgreSQL server of our own with its disk settings as in production, behind a proxy.
final class PostgresTarget implements Target {
  private static final int SWALLOWED_MILLIS = 7_000;
  private static final int RESTART_MILLIS = 1_500;
  private static final Duration STARTED = Duration.ofMinutes(3);

  private final Path data;
  private final FaultProxy proxy;
  private final int port;
  private EmbeddedPostgres server;

  private PostgresTarget(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
    this.port = server.getPort();
    this.proxy = new FaultProxy(port);
  }

  static PostgresTarget start(Path folder) {
    Path data = folder.resolve("postgresql");
    return new PostgresTarget(data, start(data, 0));
  }

  private static EmbeddedPostgres start(Path data, int port) {
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setPort(port)
          .setPGStartupWait(STARTED)
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String workerUri(String database) {
    return uri(proxy.port(), database);
  }

  @Override
  public String directUri(String database) {
    return uri(port, database);
  }

  private static String uri(int port, String database) {
    return "bits:postgresql://localhost:"
        + port
        + "/postgres?user=postgres&create=true&db="
        + database;
  }

  @Override
  public LogSource log(String database) {
    return new JdbcLog("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres", database);
  }

  @Override
  public List<Fault> faults() {
    return List.of(
        new Fault("connections cut", proxy::cut, _ -> {}, 1),
        new Fault("connections cut", proxy::cut, _ -> {}, 1),
        new Fault("network silent", _ -> proxy.swallow(), _ -> proxy.heal(), SWALLOWED_MILLIS),
        new Fault("server restarted", _ -> stop(), _ -> restart(), RESTART_MILLIS),
        new Fault("server crashed", _ -> crash(), _ -> restart(), RESTART_MILLIS));
  }

  private void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every process of the server ends at once, without a checkpoint.
  private void crash() throws InterruptedException {
    try {
      String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
      Commands.run("kill", "-QUIT", pid);
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(process -> process.onExit().join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stop();
  }

  private void restart() {
    server = start(data, port);
  }

  @Override
  public boolean isInProcess() {
    return false;
  }

  @Override
  public void close() {
    proxy.close();
    stop();
  }
}
