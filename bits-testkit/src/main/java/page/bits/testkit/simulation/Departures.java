/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/// One process after the other leaves, in a cluster that is well otherwise: that shows everywhere
/// within 5 s, at once when it says so; whoever only stopped comes again, and when the storage is
/// away nobody leaves (I32 to I35).
final class Departures {
  private static final long SECOND = 1_000_000_000L;

  private final Simulation simulation;
  private final SplittableRandom random;
  private final Presence presence;

  Departures(Simulation simulation, SplittableRandom random) {
    this.simulation = simulation;
    this.random = random;
    this.presence = new Presence(simulation);
  }

  void run() {
    presence.settle(5);
    simulation.pass(2 * SECOND); // so that each has seen the beats of all
    for (int trials = 1 + random.nextInt(2); trials > 0; trials--) {
      jump();
      Node node = simulation.nodes().get(random.nextInt(simulation.nodes().size()));
      switch (random.nextInt(4)) {
        case 0 -> crash(node);
        case 1 -> close(node);
        case 2 -> pause(node);
        default -> outage();
      }
      presence.settle(5);
    }
  }

  /// No clock counts.
  private void jump() {
    if (random.nextBoolean()) {
      simulation.nodes().forEach(Node::setWall);
      simulation.store().setClock(random.nextLong(-1_000_000_000, 1_000_000_000));
    }
  }

  private static Life life(Node node) {
    return Objects.requireNonNull(node.life());
  }

  private void awaitAll(List<Node> nodes) {
    simulation.await(
        26,
        "every process is connected",
        () -> nodes.stream().allMatch(node -> life(node).isConnected()),
        20);
  }

  private void crash(Node node) {
    Process process = life(node).process();
    node.crash(8 * SECOND);
    presence.awaitGone(process, 5);
    awaitAll(simulation.nodes());
  }

  private void close(Node node) {
    Process process = life(node).process();
    node.close(0);
    presence.awaitGone(process, 1);
    simulation.await(26, "another was started", () -> life(node).process() != process, 10);
    awaitAll(simulation.nodes());
  }

  private void pause(Node node) {
    Life life = life(node);
    long end = simulation.scheduler().nowNanos() + 10 * SECOND;
    node.pause(10 * SECOND);
    presence.awaitGone(life.process(), 5);
    simulation.pass(end - simulation.scheduler().nowNanos());
    presence.awaitShown(life, 4);
    if (!life.holdings().isEmpty()) {
      simulation.reach(Reached.BACK_AFTER_PAUSE);
    }
    simulation.pass(12 * SECOND); // who stood still takes nobody for gone for 10 s
  }

  private void outage() {
    Set<Long> before = presence.sessions();
    simulation.note("the storage is away for 10 s");
    simulation.store().setAway(true);
    simulation.pass(10 * SECOND);
    simulation.store().setAway(false);
    simulation.pass(12 * SECOND);
    Set<Long> after = presence.sessions();
    Violation.check(
        after.equals(before), 33, "sessions %s before the storage was away, and %s", before, after);
    if (!before.isEmpty()) {
      simulation.reach(Reached.KEPT_THROUGH_OUTAGE);
    }
  }
}
