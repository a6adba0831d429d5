/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.spi.BitsUri;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bits serve`: the application, until SIGTERM or Ctrl-C.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves the application and prints its address once it listens.")
final class ServeCommand implements Callable<Integer> {
  private static final int PORT_MAX = 65_535;

  private final Console console;
  private final AppLauncher launcher;
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

  ServeCommand(Console console, AppLauncher launcher) {
    this.console = console;
    this.launcher = launcher;
    this.database = new DatabaseOption(console);
  }

  @Override
  public Integer call() {
    if (port < 0 || port > PORT_MAX) {
      throw new UsageException("--port is a number from 0 to " + PORT_MAX + ": " + port);
    }
    String uri = database.uri().orElseGet(() -> DefaultDatabase.uri(console.environment(), demo));
    Connection connection = Bits.connect(uri);
    var running = start(connection);
    var stop = new Thread(() -> stop(running, connection), "bits-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    console.say("Database: " + BitsUri.redact(uri));
    console.print("http://" + shownHost() + ":" + running.port() + "/");
    return waitForEver();
  }

  private AppLauncher.Running start(Connection connection) {
    try {
      return launcher.start(connection, host, port, demo);
    } catch (RuntimeException e) {
      connection.close();
      throw listenError(e);
    }
  }

  /// An address that cannot be had is the user's to mend; everything else is passed on as it is.
  private RuntimeException listenError(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case BindException e when String.valueOf(e.getMessage()).contains("in use") -> {
          return CliErrors.portInUse(host, port);
        }
        case SocketException e -> {
          return CliErrors.addressUnusable(host, port, e);
        }
        case UnknownHostException e -> {
          return CliErrors.addressUnusable(host, port, e);
        }
        case UnresolvedAddressException e -> {
          return CliErrors.addressUnusable(host, port, e);
        }
        default -> {}
      }
    }
    return failure;
  }

  /// Runs while the process ends: the site first, so that no request meets a closed database.
  private void stop(AppLauncher.Running running, Connection connection) {
    running.close();
    connection.close();
    console.say("Stopped");
  }

  private String shownHost() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /// The signal that ends the process runs the shutdown hook; this thread has nothing left to do.
  private static int waitForEver() {
    try {
      new CountDownLatch(1).await();
      return Failures.DONE;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Failures.INTERRUPTED;
    }
  }
}
