/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import page.bits.conformance.Row;
import page.bits.testkit.Seed;

/// Two processes write at once while both follow the reports: both see the same transactions in the
/// same order.
@Execution(ExecutionMode.CONCURRENT)
class TwoWritersTest {
  private static final int COUNT = Integer.getInteger("bits.transactions", 10_000);
  private static final Duration AT_MOST = Duration.ofMinutes(4);

  @Row({"A-01", "A-03", "C-04"})
  @Test
  void reports_twoWritersOnOneSqliteFile_areTheSameInBoth() throws Exception {
    assertBothSeeTheSame(Storages.sqlite());
  }

  @Row({"A-01", "A-03", "C-04"})
  @Test
  void reports_twoWritersOnOnePostgresql_areTheSameInBoth() throws Exception {
    assertBothSeeTheSame(Storages.postgresql());
  }

  private static void assertBothSeeTheSame(String uri) throws Exception {
    long seed = Seed.of("TwoWritersTest");
    String count = Integer.toString(COUNT);
    String total = Integer.toString(2 * COUNT);
    try (Jvm first = Jvm.start("both", uri, "a", count, total, Long.toString(seed));
        Jvm second = Jvm.start("both", uri, "b", count, total, Long.toString(seed + 1))) {
      String fromFirst = first.await("RESULT", AT_MOST);
      String fromSecond = second.await("RESULT", AT_MOST);
      first.awaitEnd(AT_MOST);
      second.awaitEnd(AT_MOST);
      System.err.println("first  " + fromFirst);
      System.err.println("second " + fromSecond);
      assertThat(fromFirst).isEqualTo(fromSecond).endsWith(" 100");
      assertThat(Integer.parseInt(List.of(fromFirst.split(" ", -1)).get(1)))
          .isGreaterThanOrEqualTo(2 * COUNT);
    }
  }
}
