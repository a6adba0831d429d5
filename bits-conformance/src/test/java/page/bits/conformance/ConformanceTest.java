/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small tree with the classes below, reports, a list and notes.
final class ConformanceTest {
  private static final String PACKAGE = "page.bits.conformance.ConformanceTest$";

  private final Path root;

  ConformanceTest(@TempDir Path root) {
    this.root = root;
  }

  abstract static class Kit {
    @Row("Z-01")
    void once() {}
  }

  @Row("Z-02")
  static final class Good extends Kit {
    @Row({"Z-03", "Z-04"})
    void several() {}
  }

  @Row("Z-05")
  static final class Bad {
    @Row("Z-06")
    void red() {}

    @Row("Z-07")
    void green() {}
  }

  private ConformanceReport report(String list, String notes, String... reports)
      throws IOException {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("docs/conformance-rows.md"), list);
    Files.writeString(root.resolve("docs/conformance-notes.md"), notes);
    Path classes = root.resolve("m/target/test-classes/page/bits/conformance");
    Files.createDirectories(classes);
    for (Class<?> type : new Class<?>[] {Kit.class, Good.class, Bad.class}) {
      String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
      try (var in = type.getResourceAsStream(file)) {
        Files.write(classes.resolve(file), in.readAllBytes());
      }
    }
    Path surefire = Files.createDirectories(root.resolve("m/target/surefire-reports"));
    for (int i = 0; i < reports.length; i++) {
      Files.writeString(
          surefire.resolve("TEST-" + i + ".xml"), "<testsuite>" + reports[i] + "</testsuite>");
    }
    return Conformance.of(root);
  }

  private static String test(String type, String name, String inside) {
    return "<testcase name=\"%s\" classname=\"%s%s\">%s</testcase>"
        .formatted(name, PACKAGE, type, inside);
  }

  @Test
  void rows_ofGreenTests_areProven() throws IOException {
    var report =
        report(
            "| Z-01 | one |\n| Z-02 | two |\n| Z-03 | three |\n| Z-04 | four |\n",
            "",
            test("Good", "once", "") + test("Good", "several(String)[1]", ""),
            test("Good", "several(String)[2]", ""));
    assertThat(report.problems()).isEmpty();
    assertThat(report.counts()).startsWith("4 rows: 4 proven, 0 different");
    assertThat(report.page())
        .contains("| Z-01 | one | proven | `ConformanceTest$Good.once` |")
        .contains("| Z-02 | two | proven | `ConformanceTest$Good` |");
  }

  @Test
  void rows_ofTestsThatFailed_areMissing() throws IOException {
    var report =
        report(
            "| Z-05 | five |\n| Z-06 | six |\n| Z-07 | seven |\n",
            "",
            test("Bad", "red", "") + test("Bad", "green", ""),
            test("Bad", "red", "<failure/>"));
    assertThat(report.counts()).startsWith("3 rows: 1 proven").contains("2 missing");
    assertThat(report.problems())
        .containsExactly(
            "Row Z-05 (five) has neither a green test nor a note.",
            "Row Z-06 (six) has neither a green test nor a note.");
  }

  @Test
  void rows_withNotes_haveTheirState() throws IOException {
    var report =
        report(
            "| Z-01 | one |\n| Z-02 | two |\n| Z-08 | eight |\n| Z-09 | nine |\n",
            """
            ## Different
            | Z-01 | otherwise |
            ## Later
            | Z-08, Z-09 | some day |
            ## Open
            | Z-02 | room |
            """,
            test("Good", "once", ""));
    assertThat(report.problems()).isEmpty();
    assertThat(report.hints()).containsExactly("Row Z-02 is proven; its note (open) can go.");
    assertThat(report.counts())
        .isEqualTo("4 rows: 1 proven, 1 different, 0 does not apply, 2 later, 0 open, 0 missing.");
    assertThat(report.page())
        .contains("| Z-01 | one | different | otherwise: `ConformanceTest$Good.once` |")
        .contains("| Z-09 | nine | later | some day |");
  }

  @Test
  void rows_namedWrongly_areProblems() throws IOException {
    var report =
        report(
            "| Z-01 | one |\n",
            "| Z-01 | a |\n| Z-01 | b |\n| Z-33 | c |\n",
            test("Bad", "green", ""));
    assertThat(report.problems())
        .containsExactlyInAnyOrder(
            "The notes name Z-01 twice.",
            "The notes name Z-33, which is no row.",
            "[ConformanceTest$Bad] names Z-05, which is no row.",
            "[ConformanceTest$Bad.green] names Z-07, which is no row.");
  }
}
