/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import page.bits.app.account.AccountSchema;
import page.bits.app.account.Attempts;
import page.bits.app.account.Passwords;
import page.bits.app.account.Secret;
import page.bits.app.account.Sweep;
import page.bits.app.demo.Demo;
import page.bits.app.feed.FeedSchema;
import page.bits.app.here.HereSchema;
import page.bits.app.site.AppSite;
import page.bits.app.site.Services;
import page.bits.db.Connection;
import page.bits.error.BitsException;
import page.bits.live.Site;
import page.bits.live.jetty.JettySite;

/// The running application: one node of it. Closing it ends its streams and frees the port; the
/// connection stays the caller's.
public final class App implements AutoCloseable {
  private final JettySite server;
  private final Sweep sweep;
  private final String host;

  private App(JettySite server, Sweep sweep, String host) {
    this.server = server;
    this.sweep = sweep;
    this.host = host;
  }

  /// Makes sure of the schema (and of the sample creators) and starts to serve. Safe when many
  /// nodes start at once. Errors: `:bits.error/port-busy`, and those of a transaction.
  public static App start(Connection connection, AppOptions options) {
    InstantSource clock = InstantSource.system();
    Site site = site(connection, clock, options.demo());
    var server = JettySite.start(site, options.host(), options.port());
    return new App(server, Sweep.start(connection, clock), options.host());
  }

  /// The site without a server, on a database that is made ready for it.
  static Site site(Connection connection, InstantSource clock, boolean isDemo) {
    connection.ensureSchema(FeedSchema.EDN);
    connection.ensureSchema(AccountSchema.EDN);
    if (connection.status().formatLevel() >= HereSchema.FORMAT_LEVEL) {
      connection.ensureSchema(HereSchema.EDN);
    }
    if (isDemo) {
      Demo.ensure(connection);
    }
    var secret = Secret.of(connection, new SecureRandom());
    var services = new Services(new Passwords(), new Attempts(connection, secret), clock);
    return AppSite.on(connection, services, App.class);
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

  /// Done with the reason when this node can follow the database no longer, such as
  /// `:bits.error/log-forked`; then close it, and start again on a new connection.
  public CompletableFuture<BitsException> stopped() {
    return server.stopped();
  }

  /// Sends the open pages to other nodes before this one ends; takes up to some seconds, and
  /// answers requests meanwhile.
  public void drain() {
    server.drain();
  }

  @Override
  public void close() {
    sweep.close();
    server.close();
  }
}
