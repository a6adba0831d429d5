/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.TxReports;

/// What subscribers that stopped reading hold while others write as fast as four threads can, one
/// transaction after the other, on SQLite.
///
/// The database itself grows with its data. So a heap after full collections stands beside the same
/// without the subscriptions, which are closed for it; what they missed they read from their cursor
/// in the end. `-Dbits.minutes=N` in `BITS_JAVA_OPTS`, with `-Xmx`: 10 minutes fill about 3 GiB.
final class StoppedSubscriberBenchmark {
  private static final int WRITERS = 4;
  private static final int SUBSCRIBERS = 10;
  private static final int SAMPLES = 5;

  private StoppedSubscriberBenchmark() {}

  static void run() throws Exception {
    Duration length = Duration.ofMinutes(Integer.getInteger("bits.minutes", 10));
    try (Connection connection = Bits.connect(Servers.sqlite())) {
      connection.ensureSchema(Shapes.SCHEMA);
      long t = connection.cursor().t();
      List<TxReports> stopped = subscribe(connection, t);
      System.out.printf(
          Locale.ROOT,
          "| minutes | transactions | heap KiB | without %d stopped subscribers | they hold |%n",
          SUBSCRIBERS);
      System.out.println("|---:|---:|---:|---:|---:|");
      long began = System.nanoTime();
      long count = 0;
      for (int sample = 1; sample <= SAMPLES; sample++) {
        count += write(connection, began + length.toNanos() * sample / SAMPLES);
        long with = heapKib();
        stopped.forEach(TxReports::close);
        stopped = List.of();
        long without = heapKib();
        System.out.printf(
            Locale.ROOT,
            "| %.1f | %d | %d | %d | %d |%n",
            (System.nanoTime() - began) / 60e9,
            count,
            with,
            without,
            with - without);
        stopped = subscribe(connection, t);
      }
      System.out.printf(
          Locale.ROOT, "%none read on: %d of %d%n", rest(stopped.get(0), count), count);
    }
  }

  /// Subscriptions from an old t on that have read one report and read no more.
  private static List<TxReports> subscribe(Connection connection, long t) throws Exception {
    connection.transact(Shapes.person(0)); // so that there is one to read
    var stopped = new ArrayList<TxReports>();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      TxReports reports = connection.txReportsAfter(t);
      reports.take();
      stopped.add(reports);
    }
    return stopped;
  }

  private static long write(Connection connection, long endNanos) throws InterruptedException {
    var counts = new long[WRITERS];
    var threads = new ArrayList<Thread>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int own = writer;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (System.nanoTime() - endNanos < 0) {
                      connection.transact(Shapes.person((int) counts[own]++));
                    }
                  }));
    }
    long sum = 0;
    for (int writer = 0; writer < WRITERS; writer++) {
      threads.get(writer).join();
      sum += counts[writer];
    }
    return sum;
  }

  /// How many reports come that were written while nobody read.
  private static long rest(TxReports reports, long count) throws Exception {
    long read = 0;
    while (read < count) {
      reports.take();
      read++;
    }
    return read;
  }

  private static long heapKib() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least / 1024;
  }
}
