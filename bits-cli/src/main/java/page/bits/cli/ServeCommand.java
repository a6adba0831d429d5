/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import page.bits.app.App;
import page.bits.app.AppOptions;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.spi.BitsUri;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bits serve`: the application, until SIGTERM or Ctrl-C, or until its peer has stopped for good.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves the application and prints its address once it listens.")
final class ServeCommand implements Callable<Integer> {
  private static final int PORT_MAX = 65_535;

  private final Console console;
  @Mixin private final DatabaseOption database;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "The address to listen on. Default: ${DEFAULT-VALUE}, this machine only.")
  private String host = "127.0.0.1";

  @Option(names = "--demo", description = "Add sample creators to the database.")
  private boolean demo;

  ServeCommand(Console console) {
    this.console = console;
    this.database = new DatabaseOption(console);
  }

  @Override
  public Integer call() {
    if (port < 0 || port > PORT_MAX) {
      throw new UsageException("--port is a number from 0 to " + PORT_MAX + ": " + port);
    }
    String uri = database.uri().orElseGet(() -> DefaultDatabase.uri(console.environment(), demo));
    Connection connection = Bits.connect(uri);
    App app = start(connection);
    var stop = new Thread(() -> stop(app, connection), "bits-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    var isLeaving = new AtomicBoolean();
    TermSignal.onTerm(() -> leave(app, isLeaving));
    console.say("Database: " + BitsUri.redact(uri));
    console.print(app.url());
    return awaitEnd(app);
  }

  private App start(Connection connection) {
    try {
      return App.start(connection, new AppOptions(host, port, demo));
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /// SIGTERM: the browsers go on at other nodes, and the process ends well. A second one ends it at
  /// once.
  private static void leave(App app, AtomicBoolean isLeaving) {
    if (!isLeaving.getAndSet(true)) {
      app.drain();
    }
    System.exit(Failures.DONE);
  }

  /// Runs while the process ends: the site first, so that no request meets a closed database.
  private void stop(App app, Connection connection) {
    app.close();
    connection.close();
    console.say("Stopped");
  }

  /// A signal that ends the process runs the shutdown hook; this thread has nothing left to do. A
  /// node that can follow the log no longer ends with the reason: whoever supervises it starts it
  /// again.
  private static int awaitEnd(App app) {
    try {
      throw app.stopped().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // it is completed with a value only
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Failures.INTERRUPTED;
    }
  }
}
