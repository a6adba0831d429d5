/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import static java.util.stream.Collectors.toSet;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.error.BitsException;
import page.bits.testkit.workload.PeerRun;

/// The program of a worker process: arguments `URI FOLDER WORKER INCARNATION CLIENTS FEEDS SEED
/// THINKING`.
///
/// Prints `READY pid` once it works, and `HERE process` once it has a session. Told `stop` on stdin
/// it ends its clients and prints `STOPPED`; told `settle process…`, it waits until the sessions of
/// all others have ended, says what it holds, and prints `SETTLED`; told `drain`, it ends its
/// subscribers, prints `DRAINED` and ends. When its parent is gone, it ends.
final class Worker {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
            Duration.ofMillis(Long.parseLong(words.get(7))),
            Long.parseLong(words.get(6)));
    PeerRun run = PeerRun.start(connect(words.getFirst()), settings);
    say("READY " + ProcessHandle.current().pid());
    Thread.ofVirtual().start(() -> say("HERE " + run.process()));
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("stop")) {
          run.stopClients();
          say("STOPPED");
        } else if (line.startsWith("settle ")) {
          run.awaitLapsed(
              Stream.of(line.split(" ", -1)).skip(1).map(UUID::fromString).collect(toSet()));
          run.end();
          say("SETTLED");
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

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
