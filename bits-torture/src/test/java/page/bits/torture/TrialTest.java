/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import page.bits.testkit.Seed;
import page.bits.testkit.history.Invariant;

/// A short form of `./bits torture commits`: two processes, each fault once, and the verdict. The
/// storages are tried beside each other: most of the time is waited for.
@Execution(ExecutionMode.CONCURRENT)
class TrialTest {
  private static final Duration FAULTY = Duration.ofSeconds(3);

  private final long seed = Seed.of("TrialTest");

  @TempDir private Path folder;

  @Test
  void trial_onSqlite_violatesNothing() throws Exception {
    try (Target target = SqliteTarget.onDisk(Files.createDirectory(folder.resolve("db")))) {
      Totals totals = run(target);
      assertThat(totals.faults()).containsKeys("kill -9", "paused for up to 2 s");
    }
  }

  @Test
  void trial_onPostgresql_violatesNothing() throws Exception {
    try (Target target = PostgresTarget.start(Files.createDirectory(folder.resolve("db")))) {
      Totals totals = run(target);
      assertThat(totals.faults())
          .containsKeys(
              "kill -9",
              "paused for up to 2 s",
              "connections cut",
              "network silent",
              "server restarted",
              "server crashed");
    }
  }

  private Totals run(Target target) throws InterruptedException {
    var totals = new Totals();
    new Trial(target, WorkerJvm.PLAIN, "r", folder.resolve("histories"), totals, seed)
        .run(2, FAULTY);
    totals.print(System.err);
    assertThat(totals.violations()).isEmpty();
    assertThat(totals.operations()).isPositive();
    assertThat(totals.kills()).isPositive();
    assertThat(totals.checked())
        .containsKeys(Invariant.I32, Invariant.I33, Invariant.I34, Invariant.I35);
    return totals;
  }
}
