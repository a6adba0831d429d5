/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.datomic;

import java.io.PrintStream;
import java.time.Duration;
import java.util.TreeMap;
import page.bits.testkit.differential.Judge;
import page.bits.testkit.differential.Program;
import page.bits.testkit.differential.RandomPrograms;

/// Programs from seeds on both databases; each seed is one program, and a difference is shrunk.
final class RandomRun {
  private static final int SHOWN = 10;

  private final Judge judge;
  private final PrintStream out;
  private int differing;

  RandomRun(Judge judge, PrintStream out) {
    this.judge = judge;
    this.out = out;
  }

  /// Whether the programs of the seeds from `seed` on agreed in everything.
  boolean run(long seed, int count, long minutes) {
    long start = System.nanoTime();
    int programs = 0;
    long transactions = 0;
    while (programs < count
        && differing < SHOWN
        && System.nanoTime() - start < Duration.ofMinutes(minutes).toNanos()) {
      Program program = new RandomPrograms(seed + programs).next();
      transactions +=
          program.steps().stream()
              .filter(step -> step.containsKey(page.bits.edn.Keyword.of("tx")))
              .count();
      one(seed + programs, program);
      programs++;
    }
    long steps = judge.tally().steps();
    out.printf(
        "torture datomic: seeds %d to %d: %d programs of %d steps, %d transactions and %d reads:"
            + " %d programs differ; %d s%n",
        seed,
        seed + programs - 1,
        programs,
        steps,
        transactions,
        steps - transactions,
        differing,
        Duration.ofNanos(System.nanoTime() - start).toSeconds());
    out.println("torture datomic: steps: " + judge.tally().line());
    new TreeMap<>(judge.tally().known())
        .forEach((reason, times) -> out.println("torture datomic: " + times + " times " + reason));
    return differing == 0;
  }

  private void one(long seed, Program program) {
    Judge.first(judge.differences(program))
        .ifPresent(
            shown -> {
              differing++;
              Program shrunk = judge.shrunk(program, shown);
              out.println("seed " + seed + "\n" + shrunk.shown());
              judge.difference(shrunk).ifPresent(each -> out.println("  " + each));
            });
  }
}
