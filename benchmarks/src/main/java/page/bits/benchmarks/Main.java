/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.util.List;

/// Runs one benchmark by name: [#NAMES].
public final class Main {
  private static final String NAMES =
      "commit, in-flight, beside-datomic, report, writers, post, fan-out, idle, start, match,"
          + " slow-reader, stopped-reader, stopped-subscriber";

  private Main() {}

  /// `Main NAME [ARGUMENT…]`; figures go to stdout as rows of a table.
  public static void main(String[] arguments) throws Exception {
    String name = arguments.length == 0 ? "" : arguments[0];
    List<String> rest =
        arguments.length == 0 ? List.of() : List.of(arguments).subList(1, arguments.length);
    switch (name) {
      case "commit" -> CommitBenchmark.run();
      case "in-flight" -> InFlightBenchmark.run();
      case "beside-datomic" -> BesideDatomicBenchmark.run();
      case "load" -> BesideDatomicBenchmark.load(rest);
      case "stopped-subscriber" -> StoppedSubscriberBenchmark.run();
      case "report" -> ReportBenchmark.run();
      case "report-follower" -> ReportBenchmark.follow(rest);
      case "writers" -> WritersBenchmark.run();
      case "writer" -> WritersBenchmark.write(rest);
      case "post" -> PostBenchmark.run();
      case "fan-out" -> FanOutBenchmark.run();
      case "idle" -> IdleBenchmark.run();
      case "start" -> StartBenchmark.run();
      case "match" -> MatchBenchmark.run();
      case "slow-reader" -> SlowReaderBenchmark.run();
      case "stopped-reader" -> StoppedReaderBenchmark.run();
      default -> throw new IllegalArgumentException(NAMES + ": not '" + name + "'");
    }
    System.exit(0);
  }
}
