/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// What goes wrong from outside, at times drawn from the seed: crashes, pauses, closes, outages,
/// clocks that jump.
final class Nemesis {
  private final Simulation simulation;
  private final SplittableRandom random;
  private final long horizonNanos;

  Nemesis(Simulation simulation, SplittableRandom random) {
    this.simulation = simulation;
    this.random = random;
    long[] horizons = {30_000_000L, 300_000_000L, 3_000_000_000L};
    this.horizonNanos = horizons[random.nextInt(horizons.length)];
  }

  void plan() {
    Swarm swarm = simulation.swarm();
    often(swarm.crashes(), () -> node().crash(random.nextLong(2_000_000_000L)));
    often(
        swarm.pauses(),
        () ->
            node().pause(random.nextLong(random.nextBoolean() ? 1_000_000_000L : 60_000_000_000L)));
    often(swarm.closes(), () -> node().close(random.nextLong(500_000_000L)));
    often(swarm.outages(), this::outage);
    often(swarm.wallJumps(), () -> node().setWall());
    often(
        swarm.storageJumps(),
        () -> simulation.store().setClock(random.nextLong(-1_000_000_000, 1_000_000_000)));
  }

  private void often(int times, Runnable what) {
    for (int i = 0; i < times; i++) {
      var _ =
          simulation
              .scheduler()
              .after(
                  random.nextLong(horizonNanos),
                  () -> {
                    if (!simulation.isHealed()) {
                      what.run();
                    }
                  });
    }
  }

  private Node node() {
    List<Node> nodes = simulation.nodes();
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void outage() {
    long nanos = random.nextLong(random.nextBoolean() ? 200_000_000L : 12_000_000_000L);
    if (random.nextBoolean()) {
      simulation.note("the storage is away");
      simulation.store().setAway(true);
      var _ = simulation.scheduler().after(nanos, () -> simulation.store().setAway(false));
      return;
    }
    Life life = node().life();
    if (life != null) {
      simulation.note(life.process().name() + " is cut off");
      life.storage().cutOff(true);
      var _ = simulation.scheduler().after(nanos, () -> life.storage().cutOff(false));
    }
  }
}
