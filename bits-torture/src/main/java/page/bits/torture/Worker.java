/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.error.BitsException;
import page.bits.testkit.workload.PeerRun;

/// The program of a worker process: arguments `URI FOLDER WORKER INCARNATION CLIENTS FEEDS SEED`.
///
/// Prints `READY pid` once it works and has a session. Told `settle N` on stdin it waits until the sessions of others
/// than N processes have ended, and prints `SETTLED`; told `stop`, it ends its clients and prints
/// `STOPPED`; told `drain`, its subscribers, and prints `DRAINED` and ends. When its parent is
/// gone, it ends.
final class Worker {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  /// So that starting workers get their share of a small machine.
  private static final Duration THINKING = Duration.ofMillis(20);

  private static final Duration AGAIN = Duration.ofMillis(50);

  private Worker() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, problem) -> {
          say("BROKEN " + thread.getName() + ": " + problem);
          problem.printStackTrace(System.err);
        });
    var settings =
        new PeerRun.Settings(
            Path.of(words.get(1)),
            Integer.parseInt(words.get(2)),
            Integer.parseInt(words.get(3)),
            Integer.parseInt(words.get(4)),
            Integer.parseInt(words.get(5)),
            PATIENCE,
            THINKING,
            Long.parseLong(words.get(6)));
    Connection connection = connect(words.getFirst());
    PeerRun run = PeerRun.start(connection, settings);
    awaitSession(connection);
    say("READY " + ProcessHandle.current().pid());
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("settle ")) {
          run.awaitLapsed(Integer.parseInt(line.substring("settle ".length())));
          say("SETTLED");
        } else if (line.equals("stop")) {
          run.stopClients();
          say("STOPPED");
        } else if (line.equals("drain")) {
          run.drain();
          say("DRAINED");
          Runtime.getRuntime().halt(0);
        }
      }
    }
    Runtime.getRuntime().halt(1);
  }

  /// The storage may be away while a worker starts.
  private static Connection connect(String uri) {
    while (true) {
      try {
        return Bits.connect(uri);
      } catch (BitsException e) { // a fault; the parent gives up when it lasts
        System.err.println(e.getMessage());
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  private static void awaitSession(Connection connection) {
    while (true) {
      try {
        var _ = connection.session().id();
        return;
      } catch (BitsException e) {
        System.err.println(e.getMessage());
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
