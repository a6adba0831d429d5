/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Functions;
import page.bits.db.Tx;

/// Several processes that write to one database as fast as they can, one transaction after the
/// other: what each gets of what one alone gets, how long the slowest waits, what a holder of the
/// turn that is killed or stopped costs the others, and how often a slow one tries. About ten
/// minutes on two cores; rows with a goal say whether turns do their work.
final class WritersBenchmark {
  /// Three processes on two cores compile for longer than one, and as long as they do, their
  /// compilers take a fifth of both.
  private static final int COMPILED_SECONDS = 40;

  private static final int WARM_UP_SECONDS = 15;

  private static final int SECONDS = 6;
  private static final int LONGEST = 50;
  private static final long ENDLESS_SECONDS = 600;
  private static final int SLOW_COUNT = 4;
  private static final String SLOW = "bench/slow";

  private WritersBenchmark() {}

  /// A writer that waits for its start, and the id under which it takes turns.
  private record Writer(Process process, String session) {}

  /// What a writer did: transactions a second, p99 and maximum in ms, and its longest waits as
  /// their ends and lengths in nanoseconds.
  private record Result(double rate, double p99, double max, List<long[]> longest) {
    static Result of(String line) {
      String[] figures = line.split(" ", -1);
      var longest = new ArrayList<long[]>();
      for (int i = 3; i < figures.length; i++) {
        String[] wait = figures[i].split(":", -1);
        longest.add(new long[] {Long.parseLong(wait[0]), Long.parseLong(wait[1])});
      }
      return new Result(
          Double.parseDouble(figures[0]),
          Double.parseDouble(figures[1]),
          Double.parseDouble(figures[2]),
          longest);
    }

    /// The longest wait that ended after a moment, in ms.
    double longestAfter(long nanos) {
      return longest.stream()
          .filter(wait -> wait[0] - nanos > 0)
          .mapToDouble(wait -> wait[1] / 1e6)
          .max()
          .orElse(0);
    }
  }

  static void run() throws Exception {
    System.out.println("| storage | what | measured | goal |\n|---|---|---:|---:|");
    String sqlite = Servers.sqlite();
    try (var server = Servers.postgresql()) {
      String postgresql = Servers.uri(server);
      shares("SQLite", sqlite);
      shares("PostgreSQL", postgresql);
      apart("SQLite", sqlite);
      apart("PostgreSQL", postgresql);
      ended("SQLite", sqlite, "KILL");
      ended("PostgreSQL", postgresql, "KILL");
      ended("PostgreSQL", postgresql, "STOP"); // in SQLite a stopped process keeps the file's lock
      slow("SQLite", sqlite);
      slow("PostgreSQL", postgresql);
    }
  }

  private static void shares(String storage, String uri) throws Exception {
    double alone = 0;
    for (int writers : List.of(1, 3, 16)) {
      prepare(uri);
      List<Result> results = results(start(uri, writers, "small", COMPILED_SECONDS));
      double sum = results.stream().mapToDouble(Result::rate).sum();
      alone = writers == 1 ? sum : alone;
      String who = writers == 1 ? "one writer alone" : writers + " writers at once";
      boolean hasGoal = writers == 3;
      row(storage, who + ": transactions a second, in all", "%.0f", sum, "");
      if (writers > 1) {
        double least = results.stream().mapToDouble(Result::rate).min().orElse(0) * writers / sum;
        row(storage, who + ": that, of one alone", "%.2f", sum / alone, hasGoal ? "≥ 0.7" : "");
        row(storage, who + ": least of a fair share", "%.2f", least, hasGoal ? "≥ 0.25" : "");
      }
      double p99 = results.stream().mapToDouble(Result::p99).max().orElse(0);
      double max = results.stream().mapToDouble(Result::max).max().orElse(0);
      row(storage, who + ": p99 of the slowest, ms", "%.1f", p99, "");
      row(storage, who + ": longest of all, ms", "%.1f", max, "");
    }
  }

  /// Three writers that have nothing in common but the storage.
  private static void apart(String storage, String uri) throws Exception {
    double sum = 0;
    var writers = new ArrayList<Writer>();
    for (String database : List.of("one", "two", "three")) {
      String own = uri + (uri.contains("?") ? "&" : "?") + "db=" + database;
      prepare(own);
      writers.addAll(start(own, 1, "small", COMPILED_SECONDS));
    }
    for (Result result : results(writers)) {
      sum += result.rate();
    }
    String what = "three writers at once, each of a database of its own: transactions a second";
    row(storage, what, "%.0f", sum, "");
  }

  private static void row(
      String storage, String what, String format, double measured, String goal) {
    String figure = String.format(Locale.ROOT, format, measured);
    System.out.println("| " + storage + " | " + what + " | " + figure + " | " + goal + " |");
  }

  /// Sends the holder of the turn a signal that it cannot refuse: what the others waited after it.
  private static void ended(String storage, String uri, String signal) throws Exception {
    prepare(uri);
    List<Writer> writers = start(uri, 3, "small", WARM_UP_SECONDS);
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS + SECONDS / 2));
    try (Connection onlooker = Bits.connect(uri)) {
      Writer holder = holder(onlooker, writers);
      long moment = System.nanoTime();
      signal(holder, signal);
      var others = new ArrayList<>(writers);
      others.remove(holder);
      double longest =
          results(others).stream().mapToDouble(each -> each.longestAfter(moment)).max().orElse(0);
      String what = "three writers, the holder of the turn gets SIG" + signal;
      row(storage, what + ": longest wait of the others since, ms", "%.0f", longest, "≤ 250");
      signal(holder, "KILL");
    }
  }

  private static Writer holder(Connection onlooker, List<Writer> writers) {
    while (true) {
      String session = onlooker.status().turn().get("holder");
      for (Writer writer : writers) {
        if (writer.session().equals(session)) {
          return writer;
        }
      }
    }
  }

  private static void signal(Writer writer, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(writer.process().pid()))
        .start()
        .waitFor();
  }

  /// One whose every transaction takes 2 s to judge, beside two with small ones.
  private static void slow(String storage, String uri) throws Exception {
    prepare(uri);
    List<Writer> writers = new ArrayList<>(start(uri, 2, "endless", WARM_UP_SECONDS));
    List<Writer> slow = start(uri, 1, "slow", 0);
    writers.addAll(slow);
    String what = SLOW_COUNT + " transactions of 2 s beside two small writers: most tries of one";
    row(storage, what, "%.0f", results(slow).getFirst().rate(), "≤ 3");
    for (Writer writer : writers) {
      signal(writer, "KILL");
    }
  }

  private static void prepare(String uri) {
    try (Connection connection = Bits.connect(uri)) {
      connection.ensureSchema(Shapes.SCHEMA);
    }
  }

  /// Starts them, and lets all go when all are ready.
  private static List<Writer> start(String uri, int count, String kind, int warmUpSeconds)
      throws IOException {
    var processes = new ArrayList<Process>();
    for (int i = 0; i < count; i++) {
      processes.add(
          Servers.java(Main.class.getName(), "writer", uri, kind, Integer.toString(warmUpSeconds)));
    }
    var writers = new ArrayList<Writer>();
    for (Process process : processes) {
      String ready = process.inputReader(StandardCharsets.UTF_8).readLine();
      if (ready == null) {
        throw new IllegalStateException("a writer did not start");
      }
      writers.add(new Writer(process, ready));
    }
    for (Process process : processes) {
      process.outputWriter(StandardCharsets.UTF_8).append("GO\n").flush();
    }
    return writers;
  }

  private static List<Result> results(List<Writer> writers) throws IOException {
    var results = new ArrayList<Result>();
    for (Writer writer : writers) {
      try (BufferedReader lines = writer.process().inputReader(StandardCharsets.UTF_8)) {
        results.add(Result.of(lines.readLine()));
      }
    }
    return results;
  }

  /// `writer URI KIND WARMUPSECONDS`: prints its session, waits for a line, and writes; then prints
  /// what a [Result] says. A slow one prints the most tries of a transaction first.
  static void write(List<String> arguments) throws IOException {
    long warmUpSeconds = Long.parseLong(arguments.get(2));
    try (Connection connection = Bits.connect(arguments.get(0))) {
      for (int i = 0; i < 200; i++) {
        connection.db().with(Shapes.person(i)); // compiled before it counts
      }
      System.out.println(connection.status().session());
      System.out.flush();
      if (new InputStreamReader(System.in, StandardCharsets.UTF_8).read() < 0) {
        return;
      }
      System.out.println(
          switch (arguments.get(1)) {
            case "slow" -> slowly(connection);
            case "endless" -> quickly(connection, warmUpSeconds, ENDLESS_SECONDS);
            default -> quickly(connection, warmUpSeconds, SECONDS);
          });
      System.out.flush();
    }
  }

  private static String quickly(Connection connection, long warmUpSeconds, long seconds) {
    var figures = new Figures("write");
    var longest = new PriorityQueue<long[]>((x, y) -> Long.compare(x[1], y[1]));
    int count = 0;
    long warm = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
    while (System.nanoTime() - warm < 0) {
      connection.transact(Shapes.person(0));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (long start = System.nanoTime(); start - end < 0; start = System.nanoTime()) {
      connection.transact(Shapes.person(count++));
      long now = System.nanoTime();
      figures.add(now - start);
      longest.add(new long[] {now, now - start});
      if (longest.size() > LONGEST) {
        longest.remove();
      }
    }
    var line = new StringBuilder();
    line.append((double) count / seconds)
        .append(' ')
        .append(figures.micros(0.99) / 1e3)
        .append(' ')
        .append(figures.micros(1) / 1e3);
    longest.forEach(wait -> line.append(' ').append(wait[0]).append(':').append(wait[1]));
    return line.toString();
  }

  private static String slowly(Connection connection) {
    var tries = new AtomicInteger();
    Functions.registerTx(
        SLOW,
        (_, _) -> {
          tries.incrementAndGet();
          LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
          return Shapes.person(0);
        });
    int most = 0;
    for (int i = 0; i < SLOW_COUNT; i++) {
      tries.set(0);
      connection.transact(Tx.builder().call(SLOW).build().deadline(Duration.ofMinutes(1)));
      most = Math.max(most, tries.get());
    }
    return most + " 0 0";
  }
}
