/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.jetty;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import page.bits.error.BitsException;
import page.bits.live.LiveErrors;
import page.bits.live.Site;
import page.bits.live.http.LiveServer;

/// A site on a port. Thread-safe; closing it ends its streams and frees the port, and leaves the
/// connection to the database open.
public final class JettySite implements AutoCloseable {
  private static final int HEADER_BYTES_MAX = 16 * 1024;
  private static final long IDLE_MILLIS = 60_000;
  private static final long STOP_MILLIS = 2_000;

  private final Server server;
  private final ServerConnector connector;
  private final LiveServer live;

  private JettySite(Server server, ServerConnector connector, LiveServer live) {
    this.server = server;
    this.connector = connector;
    this.live = live;
  }

  /// Starts a site on 127.0.0.1; port 0 takes a free one.
  public static JettySite start(Site site, int port) {
    return start(site, "127.0.0.1", port);
  }

  /// Starts a site on an address. Errors: `:bits.error/port-busy`, `:bits.error/host-unusable`,
  /// `:bits.error/server-failed`.
  public static JettySite start(Site site, String host, int port) {
    Objects.requireNonNull(host);
    var server = new Server(threads());
    ServerConnector connector = connector(server, host, port);
    open(connector, host, port);
    LiveServer live = LiveServer.of(site);
    server.setHandler(new GracefulHandler(new SiteHandler(live)));
    server.setStopTimeout(STOP_MILLIS);
    server.setErrorHandler(new BareErrors());
    try {
      server.start();
    } catch (Exception failed) { // Jetty's lifecycle declares nothing narrower
      live.close();
      connector.close();
      throw failure(host, port, failed);
    }
    return new JettySite(server, connector, live);
  }

  /// Jetty's own threads only select and accept; every request gets a virtual one.
  private static QueuedThreadPool threads() {
    var threads = new QueuedThreadPool(32, 4);
    threads.setName("bits-http");
    threads.setDaemon(false); // a process that serves a site stays
    var virtual = new VirtualThreadPool();
    virtual.setMaxConcurrentTasks(0); // as many as there are connections
    virtual.setName("bits-request");
    threads.setVirtualThreadsExecutor(virtual);
    return threads;
  }

  private static ServerConnector connector(Server server, String host, int port) {
    var http = new HttpConfiguration();
    http.setRequestHeaderSize(HEADER_BYTES_MAX);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setUriCompliance(UriCompliance.DEFAULT);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    return connector;
  }

  /// Takes the port before anything else is started, so that a busy one costs nothing.
  private static void open(ServerConnector connector, String host, int port) {
    try {
      connector.open();
    } catch (IOException failed) {
      connector.close();
      throw failure(host, port, failed);
    }
  }

  private static BitsException failure(String host, int port, Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof BindException && message.contains("in use")) {
        return LiveErrors.portBusy(host, port, failed);
      }
      boolean isElsewhere = cause instanceof BindException && message.contains("assign");
      if (isElsewhere
          || cause instanceof UnknownHostException
          || cause instanceof UnresolvedAddressException) {
        return LiveErrors.hostUnusable(host, port, cause);
      }
    }
    return LiveErrors.serverFailed(host, port, failed);
  }

  /// The port that it listens on.
  public int port() {
    return connector.getLocalPort();
  }

  /// Done when the site can go on no longer, see [LiveServer#stopped()].
  public CompletableFuture<BitsException> stopped() {
    return live.stopped();
  }

  /// Sends the streams to other nodes before this one ends, see [LiveServer#drain()]. Takes a
  /// while, and answers requests meanwhile.
  public void drain() {
    live.drain();
  }

  @Override
  public void close() {
    live.close();
    try {
      server.stop();
    } catch (TimeoutException _) { // a reader did not take its answer; it is cut off
      connector.close();
    } catch (Exception failed) { // Jetty's lifecycle declares nothing narrower
      throw LiveErrors.serverFailed(connector.getHost(), connector.getPort(), failed);
    }
  }
}
