/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import java.time.Instant;
import java.time.InstantSource;
import page.bits.db.Connection;
import page.bits.live.http.LiveServer;

/// A node of the application in this process, without a network, with a clock that stands until it
/// is set.
final class Node implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

  private final Connection connection;
  private final LiveServer server;
  private volatile Instant now = START;

  private Node(Connection connection, boolean isDemo) {
    this.connection = connection;
    InstantSource clock = () -> now;
    this.server = LiveServer.of(App.site(connection, clock, isDemo));
  }

  static Node demo(Connection connection) {
    return new Node(connection, /* isDemo= */ true);
  }

  static Node empty(Connection connection) {
    return new Node(connection, /* isDemo= */ false);
  }

  LiveServer server() {
    return server;
  }

  Connection connection() {
    return connection;
  }

  void setClock(Instant to) {
    now = to;
  }

  @Override
  public void close() {
    server.close();
  }
}
