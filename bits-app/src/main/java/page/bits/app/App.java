/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import page.bits.app.feed.Demo;
import page.bits.app.feed.FeedSchema;
import page.bits.db.Connection;
import page.bits.live.jetty.JettySite;

/// The running application: one node of it. Closing it ends its streams and frees the port; the
/// connection stays the caller's.
public final class App implements AutoCloseable {
  private final JettySite server;
  private final String host;

  private App(JettySite server, String host) {
    this.server = server;
    this.host = host;
  }

  /// Makes sure of the schema (and of the sample creators) and starts to serve. Safe when many
  /// nodes start at once. Errors: `:bits.error/port-busy`, and those of a transaction.
  public static App start(Connection connection, AppOptions options) {
    connection.ensureSchema(FeedSchema.EDN);
    if (options.demo()) {
      Demo.ensure(connection);
    }
    var server = JettySite.start(AppSite.on(connection), options.host(), options.port());
    return new App(server, options.host());
  }

  /// The port that it listens on.
  public int port() {
    return server.port();
  }

  /// The address of the start page.
  public String url() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + name + ":" + port() + "/";
  }

  @Override
  public void close() {
    server.close();
  }
}
