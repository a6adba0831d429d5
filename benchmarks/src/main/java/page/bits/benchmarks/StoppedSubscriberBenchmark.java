/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.TxReports;

/// What subscribers that stopped reading hold while others write as fast as four threads can, one
/// transaction after the other, on SQLite.
///
/// The database itself grows with its data. So a heap after full collections stands beside the same
/// without the subscriptions, which are closed for it. One more is stopped from the beginning to
/// the end, and then reads all that it missed. `-Dbits.minutes=N` in `BITS_JAVA_OPTS`, with
/// `-Xmx6g`: writers are held back where the data would not fit into two thirds of the heap.
final class StoppedSubscriberBenchmark {
  private static final int WRITERS = 4;
  private static final int SUBSCRIBERS = 10;
  private static final int SAMPLES = 5;

  // What a transaction of this load takes, measured.
  private static final int HEAP_BYTES = 430;
  private static final int FILE_BYTES = 170;

  private StoppedSubscriberBenchmark() {}

  static void run() throws Exception {
    Duration length = Duration.ofMinutes(Integer.getInteger("bits.minutes", 10));
    try (Connection connection = Bits.connect(Servers.sqlite())) {
      connection.ensureSchema(Shapes.SCHEMA);
      long t = connection.cursor().t();
      long countMax = Runtime.getRuntime().maxMemory() / 3 * 2 / HEAP_BYTES;
      System.out.printf(
          Locale.ROOT,
          "%d minutes, %d writers as fast as they can, but at most %.1f million transactions:"
              + " %d MiB of heap, %d MiB of file%n%n",
          length.toMinutes(),
          WRITERS,
          countMax / 1e6,
          (countMax * HEAP_BYTES) >> 20,
          (countMax * FILE_BYTES) >> 20);
      long pauseNanos = length.toNanos() / (countMax / WRITERS);
      List<TxReports> stopped = subscribe(connection, t, SUBSCRIBERS);
      TxReports toTheEnd = subscribe(connection, t, 1).getFirst();
      System.out.printf(
          Locale.ROOT,
          "| minutes | transactions | heap KiB | without %d stopped subscribers | they hold |%n",
          SUBSCRIBERS);
      System.out.println("|---:|---:|---:|---:|---:|");
      long began = System.nanoTime();
      long count = 0;
      var held = new long[SAMPLES];
      for (int sample = 1; sample <= SAMPLES; sample++) {
        count += write(connection, began + length.toNanos() * sample / SAMPLES, pauseNanos);
        long with = heapKib();
        stopped.forEach(TxReports::close);
        stopped = List.of();
        long without = heapKib();
        held[sample - 1] = with - without;
        System.out.printf(
            Locale.ROOT,
            "| %.1f | %d | %d | %d | %d |%n",
            (System.nanoTime() - began) / 60e9,
            count,
            with,
            without,
            with - without);
        stopped = subscribe(connection, t, SUBSCRIBERS);
      }
      System.out.printf(
          Locale.ROOT,
          "%nof %d stopped ones each holds %d KiB in the end, %d more than after the second sample"
              + " (goal: nothing that grows)%n",
          SUBSCRIBERS,
          held[SAMPLES - 1] / SUBSCRIBERS,
          (held[SAMPLES - 1] - held[1]) / SUBSCRIBERS);
      long start = System.nanoTime();
      System.out.printf(
          Locale.ROOT,
          "one, stopped all the time, read on: %d of %d, %.0f a second%n",
          rest(toTheEnd, count),
          count,
          count / ((System.nanoTime() - start) / 1e9));
    }
  }

  /// Subscriptions from an old t on that have read one report and read no more.
  private static List<TxReports> subscribe(Connection connection, long t, int subscribers)
      throws Exception {
    connection.transact(Shapes.person(0)); // so that there is one to read
    var stopped = new ArrayList<TxReports>();
    for (int i = 0; i < subscribers; i++) {
      TxReports reports = connection.txReportsAfter(t);
      reports.take();
      stopped.add(reports);
    }
    return stopped;
  }

  /// Four writers until the end, each beginning a transaction at most so often.
  private static long write(Connection connection, long endNanos, long pauseNanos)
      throws InterruptedException {
    long began = System.nanoTime();
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
                      long early = began + counts[own] * pauseNanos - System.nanoTime();
                      if (early > 0) {
                        LockSupport.parkNanos(early);
                      }
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
