/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import page.bits.e2e.BitsProcess;
import page.bits.e2e.Haproxy;
import page.bits.e2e.Http;
import page.bits.e2e.Ports;
import page.bits.e2e.Postgres;
import page.bits.testkit.Await;

/// Two nodes `n1` and `n2` of the application on one PostgreSQL, behind haproxy, which hands each
/// request to the next of them. Confined to one thread; closing it ends all of it.
final class Cluster implements AutoCloseable {
  private final Path folder;
  private final Postgres postgres;
  private final String db;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Map<String, BitsProcess> nodes = new HashMap<>();
  private final Haproxy haproxy;

  private Cluster(Path folder, Postgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
    this.db = postgres.uri(postgres.newDatabase());
    for (String node : List.of("n1", "n2")) {
      ports.put(node, Ports.free());
      start(node);
    }
    ports.keySet().forEach(node -> Http.awaitOk(address(node) + "/-/health"));
    this.haproxy = Haproxy.roundRobin(folder, List.of(port("n1"), port("n2")));
  }

  static Cluster start(Path folder) {
    return new Cluster(folder, Postgres.start(folder));
  }

  /// Where the balancer can be reached, without the last slash.
  String address() {
    return haproxy.address();
  }

  /// Where a node can be reached past the balancer.
  String address(String node) {
    return "http://127.0.0.1:" + port(node);
  }

  /// The database of both nodes, to be read and not written.
  String dbToRead() {
    return db.replace("create=true", "mode=read");
  }

  private int port(String node) {
    return Objects.requireNonNull(ports.get(node));
  }

  private BitsProcess process(String node) {
    return Objects.requireNonNull(nodes.get(node));
  }

  private void start(String node) {
    String port = String.valueOf(port(node));
    nodes.put(node, BitsProcess.start(folder, "serve", "--db", db, "--port", port, "--demo"));
  }

  /// kill -9.
  void kill(String node) {
    process(node).kill();
  }

  /// SIGTERM, and waits for the end.
  BitsProcess.Result stop(String node) {
    return process(node).stop();
  }

  /// Starts an ended node again, and waits until the balancer uses it.
  void startAgain(String node) {
    start(node);
    Http.awaitOk(address(node) + "/-/health");
    Await.until("the balancer uses " + node, () -> answeredBy().equals(node));
  }

  private String answeredBy() {
    return Http.get(address() + "/-/health").headers().firstValue(Haproxy.ANSWERED_BY).orElse("");
  }

  @Override
  public void close() {
    haproxy.close();
    nodes.values().forEach(BitsProcess::close);
    postgres.close();
  }
}
