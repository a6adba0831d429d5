/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import page.bits.testkit.Seed;

/// Seeds of the simulation, and bugs put in, which it has to find. One seed is run again by `./bits
/// torture simulation --seed N --count 1`.
class SimulationTest {
  private static final int SEEDS = 2_000;
  private static final int CARRIERS = 2;

  /// `./bits test` runs seeds that are always the same; `./bits torture simulation` says how many,
  /// or for how long, from which seed on. So many together have to meet every rare state.
  @Test
  void cluster_manySeeds_everyInvariantHolds() {
    int count = Integer.getInteger("bits.simulation.count", SEEDS);
    long minutes = Long.getLong("bits.simulation.minutes", 0);
    boolean isLong = System.getProperty("bits.simulation.count") != null;
    long first = isLong ? Math.floorMod(Seed.of("SimulationTest"), 1L << 40) : 1;
    long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
    LongPredicate goesOn =
        minutes > 0 ? _ -> System.nanoTime() - end < 0 : seed -> seed < first + count;
    Simulations run = Simulations.run(first, CARRIERS, goesOn);
    System.getLogger(SimulationTest.class.getName())
        .log(System.Logger.Level.INFO, "counted " + run);
    if (!run.failures().isEmpty()) {
      throw run.failures().getFirst();
    }
    if (run.seeds() >= SEEDS) {
      assertThat(run.reached().keySet()).isEqualTo(EnumSet.allOf(Reached.class));
    }
  }

  /// Each bug is found by one of the first seeds, as a broken invariant; that seed run again fails
  /// in the same way.
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
        long found = seed;
        assertThatThrownBy(() -> Simulation.run(found, mutant))
            .isInstanceOf(AssertionError.class)
            .hasMessage(e.getMessage())
            .cause()
            .isInstanceOf(Violation.class)
            .hasToString(String.valueOf(e.getCause()));
        return;
      }
    }
    throw new AssertionError(mutant + " was not found");
  }
}
