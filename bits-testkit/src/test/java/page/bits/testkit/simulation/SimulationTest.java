/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import page.bits.testkit.Seed;

/// Seeds of the simulation, some the same every time and some new; and bugs put in, which it has to
/// find. One seed is run again by `./bits torture simulation --seed N --count 1`.
class SimulationTest {
  private static final int FIXED = 1_000;
  private static final int FRESH = 1_000;
  private static final int CARRIERS = 2;

  /// `./bits test` runs seeds that are always the same and as many new ones; `./bits torture
  /// simulation` says how many, or for how long, from one seed on. Every rare state has to be met
  /// by a thousand seeds or more together.
  @Test
  void cluster_manySeeds_everyInvariantHolds() {
    int count = Integer.getInteger("bits.simulation.count", 0);
    long minutes = Long.getLong("bits.simulation.minutes", 0);
    long first = Math.floorMod(Seed.of("SimulationTest"), 1L << 40);
    Set<Reached> reached = EnumSet.noneOf(Reached.class);
    if (count == 0) {
      reached.addAll(held(Simulations.run(1, CARRIERS, seed -> seed <= FIXED)));
      reached.addAll(held(Simulations.run(first, CARRIERS, seed -> seed < first + FRESH)));
    } else {
      long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
      LongPredicate goesOn =
          minutes > 0 ? _ -> System.nanoTime() - end < 0 : seed -> seed < first + count;
      reached.addAll(held(Simulations.run(first, CARRIERS, goesOn)));
    }
    if (count == 0 || count >= FIXED) {
      assertThat(EnumSet.complementOf(EnumSet.copyOf(reached))).isEmpty();
    }
  }

  private static Set<Reached> held(Simulations run) {
    System.getLogger(SimulationTest.class.getName())
        .log(System.Logger.Level.INFO, "counted " + run);
    List<AssertionError> failures = run.failures();
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return run.reached().keySet();
  }

  /// Each bug is found by one of the first seeds, as a broken invariant.
  @ParameterizedTest
  @EnumSource(Mutant.class)
  void bugPutIn_firstSeeds_isFound(Mutant mutant) {
    for (long seed = 1; seed <= 300; seed++) {
      try {
        var _ = Simulation.run(seed, mutant);
      } catch (AssertionError e) {
        System.getLogger(SimulationTest.class.getName())
            .log(
                System.Logger.Level.INFO,
                mutant + " was found by seed " + seed + ": " + e.getCause());
        assertThat(e.getCause()).isInstanceOf(Violation.class);
        return;
      }
    }
    throw new AssertionError(mutant + " was not found");
  }
}
