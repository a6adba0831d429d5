/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.Bits;
import page.bits.db.Connection;

/// Several processes that write to one database as fast as they can, one transaction after the
/// other: what each gets of what one alone gets, how long the slowest waits, and what a killed
/// holder of the turn costs the others.
final class WritersBenchmark {
  private static final int SECONDS = 6;

  private WritersBenchmark() {}

  static void run() throws Exception {
    System.out.println("| storage | writers | tx/s in all | smallest share | p99 ms | max ms |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    String sqlite = Servers.sqlite();
    try (var server = Servers.postgresql()) {
      for (int writers : List.of(1, 3)) {
        measure("SQLite", sqlite, writers);
        measure("PostgreSQL", Servers.uri(server), writers);
      }
      killed("SQLite", sqlite);
      killed("PostgreSQL", Servers.uri(server));
    }
  }

  private static void measure(String storage, String uri, int writers) throws Exception {
    prepare(uri);
    List<Process> processes = start(uri, writers);
    double sum = 0;
    double smallest = Double.MAX_VALUE;
    double p99 = 0;
    double max = 0;
    for (Process process : processes) {
      String[] figures = last(process).split(" ", -1);
      double rate = Double.parseDouble(figures[0]);
      sum += rate;
      smallest = Math.min(smallest, rate);
      p99 = Math.max(p99, Double.parseDouble(figures[1]));
      max = Math.max(max, Double.parseDouble(figures[2]));
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f | %.2f | %.1f | %.1f |%n",
        storage,
        writers,
        sum,
        smallest * writers / sum,
        p99,
        max);
  }

  /// Kills one of three after a while: the longest wait of the others is what it cost.
  private static void killed(String storage, String uri) throws Exception {
    prepare(uri);
    List<Process> processes = start(uri, 3);
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS / 2));
    processes.getFirst().destroyForcibly().waitFor();
    double max = 0;
    for (Process process : processes.subList(1, 3)) {
      max = Math.max(max, Double.parseDouble(last(process).split(" ", -1)[2]));
    }
    System.out.printf(
        Locale.ROOT, "%s, one of three killed: the others' longest wait %.0f ms%n", storage, max);
  }

  private static void prepare(String uri) {
    try (Connection connection = Bits.connect(uri)) {
      connection.ensureSchema(Shapes.SCHEMA);
    }
  }

  /// Starts them, and lets all go when all are ready.
  private static List<Process> start(String uri, int writers) throws IOException {
    var processes = new ArrayList<Process>();
    for (int i = 0; i < writers; i++) {
      processes.add(Servers.java(Main.class.getName(), "writer", uri, Integer.toString(SECONDS)));
    }
    for (Process process : processes) {
      if (!"READY".equals(process.inputReader(StandardCharsets.UTF_8).readLine())) {
        throw new IllegalStateException("a writer did not start");
      }
    }
    for (Process process : processes) {
      process.outputWriter(StandardCharsets.UTF_8).append("GO\n").flush();
    }
    return processes;
  }

  private static String last(Process process) throws IOException {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      return lines.readLine();
    }
  }

  /// `writer URI SECONDS`: writes until then; prints transactions per second, p99 and maximum in
  /// ms.
  static void write(List<String> arguments) throws IOException {
    long seconds = Long.parseLong(arguments.get(1));
    var figures = new Figures("write");
    int count = 0;
    try (Connection connection = Bits.connect(arguments.get(0))) {
      for (int i = 0; i < 200; i++) {
        connection.db().with(Shapes.person(i)); // compiled before it counts
      }
      System.out.println("READY");
      System.out.flush();
      var go = new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8);
      if (go.read() < 0) {
        return;
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
        connection.transact(Shapes.person(count++));
        figures.add(System.nanoTime() - start);
      }
    }
    System.out.println(
        (double) count / seconds
            + " "
            + figures.micros(0.99) / 1e3
            + " "
            + figures.micros(1) / 1e3);
  }
}
