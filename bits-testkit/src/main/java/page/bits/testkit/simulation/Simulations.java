/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/// Many seeds one after the other, on several carriers; adds up what they did. One seed of a
/// hundred is run twice, and has to take the same steps.
final class Simulations {
  private static final int TWICE_EVERY = 100;

  private final AtomicLong next;
  private final LongPredicate goesOn;
  private final ConcurrentLinkedQueue<AssertionError> failures = new ConcurrentLinkedQueue<>();
  private final Map<Reached, Long> reached = new EnumMap<>(Reached.class);
  private long seeds;
  private long steps;
  private long calls;
  private long transactions;
  private long hash;

  private Simulations(long first, LongPredicate goesOn) {
    this.next = new AtomicLong(first);
    this.goesOn = goesOn;
  }

  /// Runs seeds from `first` on while `goesOn` says so of the next, and none has failed.
  static Simulations run(long first, int carriers, LongPredicate goesOn) {
    var simulations = new Simulations(first, goesOn);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < carriers; i++) {
      threads.add(Thread.ofPlatform().name("carrier-" + i).start(simulations::carry));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return simulations;
  }

  private void carry() {
    while (failures.isEmpty()) {
      long seed = next.getAndIncrement();
      if (!goesOn.test(seed)) {
        return;
      }
      try {
        Simulation.Result result = Simulation.run(seed, Mutation.NONE);
        if (seed % TWICE_EVERY == 0) {
          checkSame(result, Simulation.run(seed, Mutation.NONE));
        }
        add(result);
      } catch (AssertionError e) {
        failures.add(e);
      }
    }
  }

  private static void checkSame(Simulation.Result first, Simulation.Result again) {
    if (first.traceHash() != again.traceHash() || first.steps() != again.steps()) {
      throw new AssertionError("not the same run twice: " + first + ", then " + again);
    }
  }

  private synchronized void add(Simulation.Result result) {
    seeds++;
    steps += result.steps();
    calls += result.calls();
    transactions += result.transactions();
    hash += result.traceHash(); // in any order
    result.reached().forEach(state -> reached.merge(state, 1L, Long::sum));
  }

  List<AssertionError> failures() {
    return List.copyOf(failures);
  }

  /// How many seeds reached each state.
  Map<Reached, Long> reached() {
    return reached;
  }

  long seeds() {
    return seeds;
  }

  @Override
  public String toString() {
    return "%,d seeds, %,d steps, %,d calls, %,d log entries, traces %016x, reached %s"
        .formatted(seeds, steps, calls, transactions, hash, reached);
  }
}
