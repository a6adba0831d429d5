/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.TxReports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bits reports`: every transaction of every writer, as it comes.
@Command(
    name = "reports",
    mixinStandardHelpOptions = true,
    description = "Prints every transaction of every writer, one EDN map on a line, until stopped.")
final class ReportsCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final DatabaseOption database;

  @Option(
      names = "--after",
      paramLabel = "T|CURSOR",
      description = "Begin after this t (0: everything) or cursor; without it, begin now.")
  private @Nullable String after;

  @Option(names = "--count", paramLabel = "N", description = "Stop after N reports.")
  private @Nullable Long count;

  ReportsCommand(Console console) {
    this.console = console;
    this.database = new DatabaseOption(console);
  }

  @Override
  public Integer call() {
    checkOptions();
    try (var connection = database.connectToRead();
        var reports = subscription(connection)) {
      long left = count == null ? Long.MAX_VALUE : count;
      while (left > 0 && console.print(ReportPrinter.print(reports.take()))) {
        left--;
      }
      return Failures.DONE;
    }
  }

  private void checkOptions() {
    if (count != null && count < 0) {
      throw new UsageException("--count cannot be negative: " + count);
    }
    if (after != null && t(after).isEmpty() && Cursor.parse(after).isEmpty()) {
      throw new UsageException(
          "Neither a t nor a cursor: --after '"
              + after
              + "'; expected a number, or the :cursor of a report");
    }
  }

  private TxReports subscription(Connection connection) {
    if (after == null) {
      return connection.txReports();
    }
    Optional<Long> t = t(after);
    return t.isPresent()
        ? connection.txReportsAfter(t.get())
        : connection.txReports(Cursor.parse(after).orElseThrow());
  }

  private static Optional<Long> t(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
