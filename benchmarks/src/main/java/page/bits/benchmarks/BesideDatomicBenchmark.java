/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Tx;

/// The same [Load] on Datomic's peer library in memory and on Bits, each run a process of its own,
/// in turns.
final class BesideDatomicBenchmark {
  private static final int RUNS = 3;
  private static final String HEAP = "4g";
  private static final List<String> KINDS = List.of("one by one", "100 in flight", "bulk, datoms");

  private BesideDatomicBenchmark() {}

  /// Starts one process, which prints the three figures of [Load#run].
  private interface Run {
    Process start() throws IOException;
  }

  private record Contender(String name, Run run, double[][] figures) {
    Contender(String name, Run run) {
      this(name, run, new double[KINDS.size()][RUNS]);
    }
  }

  static void run() throws Exception {
    String classPath = System.getProperty("bits.datomic.classpath");
    if (classPath == null) {
      throw new IllegalStateException("run it as ./bits bench beside-datomic");
    }
    var contenders =
        List.of(
            new Contender(
                "Datomic peer, `datomic:mem:` (no disk)",
                () -> Servers.jvm(HEAP, classPath, "page.bits.datomic.DatomicLoad")),
            new Contender("Bits, SQLite, synchronous=FULL", () -> bits(Servers.sqlite())),
            new Contender("Bits, `bits:mem` (no disk)", () -> bits("bits:mem:load")));
    for (int run = 0; run < RUNS; run++) {
      for (Contender contender : contenders) {
        measure(contender, run);
      }
    }
    print(contenders);
  }

  private static Process bits(String uri) throws IOException {
    return Servers.jvm(
        HEAP, System.getProperty("java.class.path"), Main.class.getName(), "load", uri);
  }

  private static void measure(Contender contender, int run) throws IOException {
    Process process = contender.run().start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String[] figures = lines.readLine().split(" ", -1);
      for (int kind = 0; kind < KINDS.size(); kind++) {
        contender.figures()[kind][run] = Double.parseDouble(figures[kind]);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static void print(List<Contender> contenders) {
    System.out.println("| a second | median | min | max | times Datomic |");
    System.out.println("|---|---:|---:|---:|---:|");
    for (int kind = 0; kind < KINDS.size(); kind++) {
      for (Contender contender : contenders) {
        double[] rates = contender.figures()[kind];
        Arrays.sort(rates);
        System.out.printf(
            Locale.ROOT,
            "| %s: %s | %.0f | %.0f | %.0f | %.2f |%n",
            KINDS.get(kind),
            contender.name(),
            rates[RUNS / 2],
            rates[0],
            rates[RUNS - 1],
            rates[RUNS / 2] / contenders.getFirst().figures()[kind][RUNS / 2]);
      }
    }
  }

  /// `load URI`: the load on Bits.
  static void load(List<String> arguments) throws Exception {
    try (Connection connection = Bits.connect(arguments.getFirst())) {
      connection.ensureSchema(Load.schema());
      Load.run(forms -> connection.transactAsync(Tx.of(forms)));
    }
  }
}
