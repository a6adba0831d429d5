/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;

/// A consumer stores its cursor, is away for five thousand transactions, and resumes in another
/// process.
class ResumeTest {
  private static final Duration AT_MOST = Duration.ofMinutes(2);

  @Row({"A-05", "RB-07"})
  @Test
  void reports_consumerAwayForFiveThousand_missesNothingAndSeesNothingTwice() throws Exception {
    String uri = Storages.sqlite();
    Path cursor = Jvm.temporaryFolder().resolve("cursor");
    write(uri, "a", 1_000);
    List<String> before = consume(uri, cursor, 300);
    assertThat(Files.readString(cursor)).startsWith(last(before) + "-");
    write(uri, "b", 5_000);
    List<String> after = consume(uri, cursor, 5_701); // and the schema
    List<Long> seen = new ArrayList<>();
    before.forEach(line -> seen.add(t(line)));
    after.forEach(line -> seen.add(t(line)));
    assertThat(seen).isSorted().doesNotHaveDuplicates().hasSize(6_001);
    List<Long> numbers =
        after.stream()
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .map(Long::parseLong)
            .toList();
    assertThat(numbers.subList(701, 5_701))
        .containsExactlyElementsOf(LongStream.range(0, 5_000).boxed().toList());
  }

  private static void write(String uri, String writer, int count) throws Exception {
    String number = Integer.toString(count);
    // Its own reports are followed to their end too, from the beginning.
    int total = writer.equals("a") ? count : 6_000;
    try (Jvm jvm = Jvm.start("both", uri, writer, number, Integer.toString(total), "1")) {
      jvm.awaitEnd(AT_MOST);
    }
  }

  private static List<String> consume(String uri, Path cursor, int count) throws Exception {
    try (Jvm jvm =
        Jvm.start(
            List.of("-Xmx128m"), "consume", uri, cursor.toString(), Integer.toString(count))) {
      jvm.awaitEnd(AT_MOST);
      List<Long> heap =
          jvm.lines().stream()
              .filter(line -> line.startsWith("HEAP "))
              .map(line -> Long.parseLong(line.substring(5)))
              .toList();
      System.err.println("heap used while resuming: " + heap);
      assertThat(heap.getLast() - heap.get(1)).isLessThan(8 << 20);
      return jvm.lines().stream().filter(line -> line.startsWith("SEEN ")).toList();
    }
  }

  private static long t(String line) {
    return Long.parseLong(line.substring(5, line.indexOf(' ', 5)));
  }

  private static long last(List<String> lines) {
    return t(lines.getLast());
  }
}
