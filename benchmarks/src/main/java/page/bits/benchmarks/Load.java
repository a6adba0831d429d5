/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;

/// The same writing for every database that takes the same forms: one by one, 100 in flight, and in
/// large transactions. Confined to one thread.
public final class Load {
  private static final int IN_FLIGHT = 100;
  private static final int COUNT = 100_000;
  private static final int ONE_BY_ONE = 20_000;
  private static final int ROUNDS = 3;
  private static final int BULK_ENTITIES = 1_000;
  private static final int BULK_COUNT = 60;
  private static final int DATOMS_OF_AN_ENTITY = 4;

  /// A database that is being loaded.
  @FunctionalInterface
  public interface Target {
    Future<?> submit(List<Map<String, Object>> forms);
  }

  private final Target target;
  private int count;

  private Load(Target target) {
    this.target = target;
  }

  /// The schema of what [#run] writes, as EDN.
  public static String schema() {
    return Shapes.SCHEMA;
  }

  /// Warms up and measures; prints transactions a second one by one, transactions a second in
  /// flight, and datoms a second in bulk, each the median of its rounds.
  public static void run(Target target) throws Exception {
    var load = new Load(target);
    load.inFlight();
    load.oneByOne();
    load.bulk();
    System.out.printf(
        Locale.ROOT,
        "%.0f %.0f %.0f%n",
        median(load::oneByOne),
        median(load::inFlight),
        median(load::bulk));
    System.out.flush();
  }

  private interface Round {
    double rate() throws Exception;
  }

  private static double median(Round round) throws Exception {
    var rates = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rates[i] = round.rate();
    }
    Arrays.sort(rates);
    return rates[ROUNDS / 2];
  }

  private double oneByOne() throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < ONE_BY_ONE; i++) {
      target.submit(Shapes.person(count++)).get();
    }
    return perSecond(ONE_BY_ONE, start);
  }

  private double inFlight() throws Exception {
    var window = new ArrayDeque<Future<?>>(IN_FLIGHT);
    long start = System.nanoTime();
    for (int i = 0; i < COUNT; i++) {
      if (window.size() == IN_FLIGHT) {
        window.remove().get();
      }
      window.add(target.submit(Shapes.person(count++)));
    }
    for (Future<?> left : window) {
      left.get();
    }
    return perSecond(COUNT, start);
  }

  private double bulk() throws Exception {
    var window = new ArrayDeque<Future<?>>(2);
    long start = System.nanoTime();
    for (int i = 0; i < BULK_COUNT; i++) {
      var forms = new ArrayList<Map<String, Object>>(BULK_ENTITIES);
      for (int entity = 0; entity < BULK_ENTITIES; entity++) {
        forms.addAll(Shapes.person(count++));
      }
      if (window.size() == 2) {
        window.remove().get();
      }
      window.add(target.submit(forms));
    }
    for (Future<?> left : window) {
      left.get();
    }
    return perSecond(BULK_COUNT * BULK_ENTITIES * DATOMS_OF_AN_ENTITY, start);
  }

  private static double perSecond(int count, long startNanos) {
    return count / ((System.nanoTime() - startNanos) / 1e9);
  }
}
