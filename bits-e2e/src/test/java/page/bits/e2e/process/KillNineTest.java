/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import page.bits.conformance.Row;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Index;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.testkit.Seed;

/// A process is killed with a thousand transactions in flight: what it acknowledged is there once,
/// what it refused is not there.
@Execution(ExecutionMode.CONCURRENT)
class KillNineTest {
  private static final int ROUNDS = Integer.getInteger("bits.rounds", 20);
  private static final Duration AT_MOST = Duration.ofMinutes(1);

  @Row("C-05")
  @Test
  void transact_processKilledOnSqlite_keepsWhatWasAcknowledged() throws Exception {
    assertNothingLost(Storages.sqlite());
  }

  @Row("C-05")
  @Test
  void transact_processKilledOnPostgresql_keepsWhatWasAcknowledged() throws Exception {
    assertNothingLost(Storages.postgresql());
  }

  private static void assertNothingLost(String uri) throws Exception {
    var random = Seed.random("KillNineTest");
    int acknowledged = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<String> lines = killOne(uri, round, random.nextInt(6_000));
      try (Connection connection = Bits.connect(uri)) {
        Map<String, Integer> tags = tags(connection, round);
        for (String line : lines) {
          List<String> words = List.of(line.split(" ", 3));
          switch (words.getFirst()) {
            case "ACK" -> {
              acknowledged++;
              assertThat(tags.get(words.get(1))).as(line).isEqualTo(1);
            }
            case "REFUSED" -> {
              refused++;
              assertThat(tags).as(line).doesNotContainKey(words.get(1));
            }
            case "READY" -> {}
            default -> throw new AssertionError(line);
          }
        }
        assertThat(tags.values()).allMatch(count -> count == 1);
        assertLogIsDense(connection);
      }
    }
    System.err.println(
        ROUNDS + " kills: " + acknowledged + " acknowledged, " + refused + " refused, none wrong");
    assertThat(acknowledged).isPositive();
    assertThat(refused).isPositive();
  }

  /// Kills a writer after that many answers.
  private static List<String> killOne(String uri, int round, int answers) throws Exception {
    try (Jvm writer = Jvm.start("in-flight", uri, "r" + round)) {
      writer.await("READY", AT_MOST);
      writer.awaitCount("ACK", 1 + answers, AT_MOST);
      return writer.killNine();
    }
  }

  private static Map<String, Integer> tags(Connection connection, int round) {
    Map<String, Integer> tags = new HashMap<>();
    String prefix = "r" + round + "-";
    for (Datom datom : connection.db().datoms(Index.AEVT, ":k/tag")) {
      String tag = (String) datom.v();
      if (tag.startsWith(prefix)) {
        tags.merge(tag, 1, Integer::sum);
      }
    }
    return tags;
  }

  private static void assertLogIsDense(Connection connection) {
    long last = connection.db().basisT();
    long prevT = 0;
    try (TxReports reports = connection.txReportsAfter(0)) {
      while (prevT < last) {
        TxReport report = reports.take();
        assertThat(report.prevT()).isEqualTo(prevT);
        prevT = report.t();
      }
    }
  }
}
