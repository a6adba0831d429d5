/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.TxReport;
import page.bits.db.TxReports;

/// From the call of `transact` in one process to the report in another, both on one storage.
///
/// Both read the machine's monotonic clock, which processes share on Linux. A transaction every 5
/// ms, so that every one is met idle.
final class ReportBenchmark {
  private static final int WARM_UP = 1_000;
  private static final int COUNT = 2_000;
  private static final long EVERY_NANOS = 5_000_000;

  private ReportBenchmark() {}

  static void run() throws Exception {
    System.out.println(Figures.header());
    measure("SQLite", Servers.sqlite());
    try (var server = Servers.postgresql()) {
      measure("PostgreSQL 18, fsync=on", Servers.uri(server));
    }
  }

  private static void measure(String storage, String uri) throws Exception {
    var toReport = new Figures("transact on A to report on B, " + storage);
    var commit = new Figures("transact on A (its own answer), " + storage);
    try (Connection connection = Bits.connect(uri)) {
      connection.ensureSchema(Shapes.SCHEMA);
      Process follower =
          Servers.java(
              Main.class.getName(), "report-follower", uri, Integer.toString(WARM_UP + COUNT));
      try (BufferedReader lines = follower.inputReader(StandardCharsets.UTF_8)) {
        if (!"READY".equals(lines.readLine())) {
          throw new IllegalStateException("the follower did not start");
        }
        var starts = new long[WARM_UP + COUNT];
        for (int i = 0; i < starts.length; i++) {
          LockSupport.parkNanos(EVERY_NANOS);
          List<Map<String, Object>> forms = Shapes.person(i);
          starts[i] = System.nanoTime();
          connection.transact(forms);
          if (i >= WARM_UP) {
            commit.add(System.nanoTime() - starts[i]);
          }
        }
        for (int i = 0; i < starts.length; i++) {
          long arrived = Long.parseLong(lines.readLine());
          if (i >= WARM_UP) {
            toReport.add(arrived - starts[i]);
          }
        }
      } finally {
        follower.destroy();
      }
    }
    System.out.println(commit.row());
    System.out.println(toReport.row());
  }

  /// `report-follower URI COUNT`: prints the moment of each report, after all have come.
  static void follow(List<String> arguments) {
    int count = Integer.parseInt(arguments.get(1));
    var arrived = new long[count];
    try (Connection connection = Bits.connect(arguments.get(0));
        TxReports reports = connection.txReports()) {
      System.out.println("READY");
      System.out.flush();
      for (int i = 0; i < count; i++) {
        TxReport report = reports.take();
        arrived[i] = System.nanoTime();
        if (report.txData().isEmpty()) {
          throw new IllegalStateException(report.toString());
        }
      }
    }
    for (long moment : arrived) {
      System.out.println(moment);
    }
  }
}
