/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import page.bits.benchmarks.BareListener.Waiting;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.TxReport;
import page.bits.db.TxReports;

/// From the call of `transact` in one process to the report in another, both on one storage.
///
/// Both read the machine's monotonic clock, which processes share on Linux. First as fast as they
/// go, until all is compiled, then a transaction every 5 ms, so that every one is met idle. On
/// PostgreSQL a bare INSERT of as many bytes and then a NOTIFY, to its arrival in the other process
/// and to that of the row, in turns with the transactions.
final class ReportBenchmark {
  private static final int FAST = 20_000;
  private static final int WARM_UP = FAST + 1_000;
  private static final int COUNT = 2_000;
  private static final long EVERY_NANOS = 5_000_000;

  private ReportBenchmark() {}

  static void run() throws Exception {
    System.out.println(Figures.header());
    measure("SQLite", Servers.sqlite(), "");
    try (var server = Servers.postgresql()) {
      measure("PostgreSQL 18, fsync=on", Servers.uri(server), Servers.bareJdbcUrl(server));
    }
  }

  /// `jdbcUrl` is where bare statements go; empty for none.
  private static void measure(String storage, String uri, String jdbcUrl) throws Exception {
    var toReport = new Figures("transact on A to report on B, " + storage);
    var commit = new Figures("transact on A (its own answer), " + storage);
    List<Figures> bare =
        Stream.of(
                "bare INSERT and NOTIFY on A to its arrival on B",
                "bare INSERT and NOTIFY on A until B has read the row",
                "bare, ordinary sockets of the driver on B, to its arrival",
                "bare, ordinary sockets of the driver on B, until B has read the row")
            .map(Figures::new)
            .toList();
    try (Connection connection = Bits.connect(uri);
        BareNotify sender = jdbcUrl.isEmpty() ? null : BareNotify.open(jdbcUrl)) {
      connection.ensureSchema(Shapes.SCHEMA);
      Process follower =
          Servers.java(
              Main.class.getName(),
              "report-follower",
              uri,
              Integer.toString(WARM_UP + COUNT),
              jdbcUrl);
      try (BufferedReader lines = follower.inputReader(StandardCharsets.UTF_8)) {
        if (!"READY".equals(lines.readLine())) {
          throw new IllegalStateException("the follower did not start");
        }
        var starts = new long[WARM_UP + COUNT];
        var bareStarts = new long[WARM_UP + COUNT];
        for (int i = 0; i < starts.length; i++) {
          pause(i);
          List<Map<String, Object>> forms = Shapes.person(i);
          starts[i] = System.nanoTime();
          connection.transact(forms);
          if (i >= WARM_UP) {
            commit.add(System.nanoTime() - starts[i]);
          }
          if (sender != null) {
            pause(i);
            bareStarts[i] = System.nanoTime();
            sender.send(i);
          }
        }
        arrivals(lines, starts, toReport);
        if (sender != null) {
          for (Figures each : bare) {
            arrivals(lines, bareStarts, each);
          }
        }
      } finally {
        follower.destroy();
      }
    }
    System.out.println(commit.row());
    System.out.println(toReport.row());
    if (!jdbcUrl.isEmpty()) {
      bare.forEach(each -> System.out.println(each.row()));
      bare.forEach(each -> System.out.println(ratio(toReport, each)));
    }
  }

  private static void pause(int number) {
    LockSupport.parkNanos(number < FAST ? 0 : EVERY_NANOS);
  }

  private static String ratio(Figures report, Figures bare) {
    return String.format(
        Locale.ROOT,
        "report p50 / %s p50 = %.2f",
        bare.name(),
        report.micros(0.5) / bare.micros(0.5));
  }

  private static void arrivals(BufferedReader lines, long[] starts, Figures figures)
      throws IOException {
    for (int i = 0; i < starts.length; i++) {
      long arrived = Long.parseLong(lines.readLine());
      if (i >= WARM_UP && arrived != 0) {
        figures.add(arrived - starts[i]);
      }
    }
  }

  /// `report-follower URI COUNT JDBCURL`: prints the moment of each report, after all have come,
  /// then, if there is a URL, those of each bare notification and row, 0 where another listener was
  /// told.
  static void follow(List<String> arguments) throws Exception {
    int count = Integer.parseInt(arguments.get(1));
    var arrived = new long[count];
    List<BareListener> bare = listeners(arguments.get(2), count);
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
      print(arrived);
      for (BareListener listener : bare) {
        print(listener.arrivals().heard());
        print(listener.arrivals().read());
      }
    }
  }

  private static List<BareListener> listeners(String jdbcUrl, int count) throws SQLException {
    var listeners = new ArrayList<BareListener>();
    if (!jdbcUrl.isEmpty()) {
      for (Waiting waiting : Waiting.values()) {
        listeners.add(BareListener.start(jdbcUrl, waiting, count));
      }
    }
    return listeners;
  }

  private static void print(long[] moments) {
    for (long moment : moments) {
      System.out.println(moment);
    }
  }
}
