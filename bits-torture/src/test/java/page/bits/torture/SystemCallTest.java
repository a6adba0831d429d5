/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Index;
import page.bits.testkit.history.Checker;
import page.bits.testkit.history.Verdict;
import page.bits.testkit.process.Children;

/// SQLite's process is killed at, or failed by, each of some chosen system calls of a short
/// program: what it had acknowledged is there, once, and the log is whole. `-Dbits.calls=N` takes
/// the first N of each kind instead of a few.
class SystemCallTest {
  private static final int TRANSACTIONS = 40;
  private static final int CALLS = Integer.getInteger("bits.calls", 0);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "fsync, signal=SIGKILL",
    "fsync, error=EIO",
    "pwrite64, signal=SIGKILL",
    "pwrite64, error=ENOSPC"
  })
  void transact_systemCallFails_keepsWhatWasAcknowledged(String call, String wrong)
      throws Exception {
    int interrupted = 0;
    int acknowledged = 0;
    for (int number : numbers(call)) {
      Path file = folder.resolve(number + ".db");
      Path trace = folder.resolve(number + ".trace");
      Faults faults = Faults.ofSystemCall(call, wrong + ":when=" + number, wrong, trace);
      List<String> lines = run(faults, file);
      interrupted += lines.contains("END") ? 0 : 1;
      acknowledged += checkAcknowledged(file, lines);
    }
    assertThat(acknowledged).isPositive();
    if (wrong.startsWith("signal")) {
      assertThat(interrupted).isPositive();
    }
  }

  /// Which of the calls: some in the making of the file, some in the commits.
  private static List<Integer> numbers(String call) {
    if (CALLS == 0) {
      return call.equals("fsync") ? List.of(3, 10, 30) : List.of(10, 50, 120);
    }
    var numbers = new ArrayList<Integer>();
    for (int number = 1; number <= CALLS; number++) {
      numbers.add(number);
    }
    return numbers;
  }

  private static String uri(Path file) {
    return "bits:sqlite:" + file + "?create=true";
  }

  private static List<String> run(Faults faults, Path file)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(faults.before());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Script.class.getName(),
            uri(file),
            Integer.toString(TRANSACTIONS)));
    Process process =
        Children.add(
            new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(new File(file + ".errors")))
                .start());
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = in.readAllLines();
      process.waitFor();
      return lines;
    }
  }

  private static int checkAcknowledged(Path file, List<String> lines) {
    try (Connection connection = Bits.connect(uri(file))) {
      var found = new ArrayList<Long>();
      if (connection.db().entid(":s/n").isPresent()) {
        for (Datom datom : connection.db().datoms(Index.AEVT, ":s/n")) {
          found.add((Long) datom.v());
        }
      }
      assertThat(found).as(lines.toString()).doesNotHaveDuplicates();
      assertThat(found).containsAll(acknowledged(lines));
      assertThat(new HashSet<>(found)).allMatch(n -> n <= TRANSACTIONS);
    }
    Verdict verdict =
        Checker.check(new JdbcLog("jdbc:sqlite:" + file, "main"), 0, List.of(), List.of());
    assertThat(verdict.violations()).isEmpty();
    return acknowledged(lines).size();
  }

  private static List<Long> acknowledged(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("ACK "))
        .map(line -> Long.parseLong(line.substring("ACK ".length())))
        .toList();
  }
}
