/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Tx;

/// Transactions of one entity with four attributes, 100 in flight, durable: how many a second.
final class InFlightBenchmark {
  private static final int IN_FLIGHT = 100;
  private static final int COUNT = 100_000;
  private static final int ROUNDS = 5;

  private InFlightBenchmark() {}

  static void run() throws Exception {
    System.out.println(
        "| storage | rounds of "
            + COUNT
            + " | tx/s median | min | max |\n|---|---:|---:|---:|---:|");
    round("SQLite, synchronous=FULL", Servers.sqlite());
    try (var server = Servers.postgresql()) {
      round("PostgreSQL 18, fsync=on", Servers.uri(server));
    }
    round("bits:mem (no disk)", "bits:mem:in-flight");
  }

  private static void round(String name, String uri) throws Exception {
    var rates = new double[ROUNDS];
    try (Connection connection = Bits.connect(uri)) {
      connection.ensureSchema(Shapes.SCHEMA);
      transact(connection, COUNT);
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        transact(connection, COUNT);
        rates[round] = COUNT / ((System.nanoTime() - start) / 1e9);
      }
    }
    Arrays.sort(rates);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.0f |%n",
        name,
        ROUNDS,
        rates[ROUNDS / 2],
        rates[0],
        rates[ROUNDS - 1]);
  }

  private static void transact(Connection connection, int count) throws Exception {
    var slots = new Semaphore(IN_FLIGHT);
    for (int i = 0; i < count; i++) {
      slots.acquire();
      var _ =
          connection
              .transactAsync(Tx.of(Shapes.person(i)))
              .whenComplete(
                  (_, failure) -> {
                    if (failure != null) {
                      throw new IllegalStateException(failure);
                    }
                    slots.release();
                  });
    }
    slots.acquire(IN_FLIGHT);
  }
}
