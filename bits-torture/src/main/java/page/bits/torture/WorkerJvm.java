/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.testkit.workload.Workload;

/// How workers' JVMs start, and how hard they work. A cache that one worker has written before
/// makes the others start with loaded classes: a run that kills starts hundreds of them.
record WorkerJvm(List<String> options, int clients, Duration thinking) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int TRAINED_SECONDS = 3;

  static final WorkerJvm PLAIN = new WorkerJvm(List.of(), 12, Duration.ofMillis(20));

  /// Lets one worker work on a database of its own, in `folder`, and write the cache as it ends.
  WorkerJvm trained(Target target, Path folder) throws InterruptedException {
    Path histories;
    try {
      histories = Files.createDirectories(folder.resolve("training"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Workload.registerFunctions();
    try (Connection connection = Bits.connect(target.directUri("training"))) {
      Workload.setUp(connection);
    }
    Path cache = folder.resolve("workers.aot");
    var recording = new WorkerJvm(List.of("-XX:AOTCacheOutput=" + cache), clients, thinking);
    WorkerProcess worker =
        WorkerProcess.start(
            0,
            Faults.NONE,
            recording,
            folder.resolve("training-errors"),
            recording.arguments(target.directUri("training"), histories, 0, 1, 1));
    try {
      await(worker, "HERE ");
      TimeUnit.SECONDS.sleep(TRAINED_SECONDS);
      for (String said : List.of("stop", "drain")) {
        worker.say(said);
        await(worker, said.equals("stop") ? "STOPPED" : "DRAINED");
      }
      worker.awaitEnd();
    } finally {
      worker.kill();
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("the training wrote no cache: is the class path all jars?");
    }
    return new WorkerJvm(List.of("-XX:AOTCache=" + cache), clients, thinking);
  }

  private static void await(WorkerProcess worker, String line) throws InterruptedException {
    if (worker.lines().await(line, PATIENCE).isEmpty()) {
      throw new IllegalStateException("the worker in training never said " + line);
    }
  }

  /// The arguments of [Worker].
  List<String> arguments(String uri, Path folder, int worker, int incarnation, long seed) {
    return List.of(
        uri,
        folder.toString(),
        Integer.toString(worker),
        Integer.toString(incarnation),
        Integer.toString(clients),
        "1", // subscriber that goes on where the one before was
        Long.toString(seed),
        Long.toString(thinking.toMillis()));
  }
}
