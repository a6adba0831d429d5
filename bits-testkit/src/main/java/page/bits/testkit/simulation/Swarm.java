/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.SplittableRandom;

/// What one seed is like: its shape, its rates of faults, and which faults it does not know.
/// Chances are per call or step unless said otherwise.
record Swarm(
    Kind kind,
    int nodes,
    int clientsPerNode,
    int operationsPerClient,
    int batchMax,
    long thinkNanosMax,
    long deadlineNanosMin,
    double leftOut,
    long leftOutNanosMax,
    double preempted,
    long latencyNanosMax,
    double slowCall,
    double busy,
    double requestLost,
    double replyLost,
    double late,
    double repeated,
    double hintLost,
    double hintRepeated,
    long hintNanosMax,
    long storageDeadlineNanos,
    double slowFunction,
    int crashes,
    int pauses,
    int closes,
    int outages,
    int wallJumps,
    int storageJumps,
    int changesHeld) {

  /// What is looked for.
  enum Kind {
    /// Everything at once.
    ORDINARY,
    /// As ordinary, with so many transactions that peers fall far behind.
    LONG,
    /// Healthy, all write as fast as they can: who gets how much.
    CONTENTION,
    /// The storage is put back to an older copy under live peers.
    RESTORED,
    /// Healthy but for one thing at a time: how soon it shows that somebody left, and that nobody
    /// did.
    DEPARTURES
  }

  static Swarm of(SplittableRandom random) {
    Kind kind =
        switch (random.nextInt(100)) {
          case 0, 1 -> Kind.CONTENTION;
          case 2, 3, 4, 5, 6, 7 -> Kind.RESTORED;
          case 8, 9, 10, 11 -> Kind.LONG;
          case 12, 13, 14 -> Kind.DEPARTURES;
          default -> Kind.ORDINARY;
        };
    return kind == Kind.CONTENTION ? contention(random) : drawn(kind, random);
  }

  private static Swarm drawn(Kind kind, SplittableRandom random) {
    boolean isLong = kind == Kind.LONG;
    int nodes = isLong ? 2 + random.nextInt(2) : 1 + random.nextInt(5);
    return new Swarm(
        kind,
        kind == Kind.RESTORED || kind == Kind.DEPARTURES ? Math.max(2, nodes) : nodes,
        1 + random.nextInt(3),
        isLong ? 60 : 4 + random.nextInt(10),
        random.nextBoolean() ? 1 : 2 + random.nextInt(8),
        millis(random, 0, 5, 50, 300),
        millis(random, 20, 1000, 10_000),
        chance(random, 0.02),
        1 + millis(random, 1, 20, 200),
        chance(random, 0.2),
        1 + millis(random, 0, 1, 5, 40),
        chance(random, 0.05),
        chance(random, 0.1),
        chance(random, 0.15),
        chance(random, 0.15),
        chance(random, 0.1),
        chance(random, 0.1),
        random.nextInt(3) == 0 ? 1 : chance(random, 0.5),
        chance(random, 0.3),
        1 + millis(random, 0, 5, 100),
        millis(random, 30, 300, 5000),
        chance(random, 0.3),
        count(random, 3),
        count(random, 3),
        count(random, 2),
        count(random, 3),
        count(random, 3),
        count(random, 3),
        kind == Kind.DEPARTURES ? 6 : count(random, 10));
  }

  private static Swarm contention(SplittableRandom random) {
    long quick = 50_000 + random.nextLong(1_000_000);
    return new Swarm(
        Kind.CONTENTION,
        2 + random.nextInt(4),
        1 + random.nextInt(4),
        Integer.MAX_VALUE,
        1,
        1,
        10_000_000_000L,
        0,
        1,
        chance(random, 0.1),
        quick,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        quick,
        5_000_000_000L,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  /// As this one, with no faults any more.
  Swarm healed() {
    return new Swarm(
        kind,
        nodes,
        clientsPerNode,
        operationsPerClient,
        batchMax,
        thinkNanosMax,
        deadlineNanosMin,
        0,
        1,
        preempted,
        Math.min(latencyNanosMax, 2_000_000),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        hintNanosMax,
        5_000_000_000L,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        changesHeld);
  }

  /// Off in two of five seeds.
  private static double chance(SplittableRandom random, double most) {
    return random.nextInt(5) < 2 ? 0 : random.nextDouble() * most;
  }

  private static int count(SplittableRandom random, int most) {
    return random.nextInt(5) < 2 ? 0 : random.nextInt(most + 1);
  }

  private static long millis(SplittableRandom random, int... choices) {
    return choices[random.nextInt(choices.length)] * 1_000_000L;
  }
}
