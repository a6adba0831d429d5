/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.TxReport;
import page.bits.db.TxReports;

/// Verb `consume URI CURSOR-FILE COUNT`: takes COUNT reports from the cursor in the file (or from
/// the beginning), and stores the cursor after each. Prints `SEEN t n` for each (n: its `:w/n`, or
/// -), and `HEAP bytes` (after a collection) eight times on the way.
final class Consume {
  private Consume() {}

  static void run(List<String> arguments) throws Exception {
    Path file = Path.of(arguments.get(1));
    int count = Integer.parseInt(arguments.get(2));
    try (Connection connection = Bits.connect(arguments.get(0));
        TxReports feed = open(connection, file)) {
      for (int i = 0; i < count; i++) {
        TxReport report = feed.take();
        Worker.say("SEEN " + report.t() + " " + n(connection, report));
        Files.writeString(file, report.cursor().toString());
        if (i % Math.max(1, count / 8) == 0) {
          Worker.say("HEAP " + usedHeap());
        }
      }
    }
  }

  private static TxReports open(Connection connection, Path file) throws Exception {
    if (!Files.exists(file)) {
      return connection.txReportsAfter(0);
    }
    return connection.txReports(Cursor.parse(Files.readString(file)).orElseThrow());
  }

  private static String n(Connection connection, TxReport report) {
    long attribute = connection.db().entid(":w/n").orElse(-1);
    for (Datom datom : report.txData()) {
      if (datom.a() == attribute) {
        return datom.v().toString();
      }
    }
    return "-";
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
