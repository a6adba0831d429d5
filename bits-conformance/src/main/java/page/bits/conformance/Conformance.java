/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The last step of `./bits test`: writes `docs/conformance.md` from the tests that just ran, and
/// fails when a row has neither a green test nor a note.
///
/// Argument: the root of the tree. Exit code 1 when something is missing or named wrongly.
public final class Conformance {
  private static final String PAGE = "docs/conformance.md";

  private Conformance() {}

  static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    var report = of(root);
    Files.writeString(root.resolve(PAGE), report.page());
    IO.println(report.counts());
    report.hints().forEach(IO::println);
    report.problems().forEach(IO::println);
    if (!report.problems().isEmpty()) {
      System.exit(1);
    }
  }

  /// What the reports and classes under the root say about the rows of its list.
  static ConformanceReport of(Path root) throws IOException {
    List<RowList.Entry> rows = RowList.read(root.resolve("docs/conformance-rows.md"));
    List<Note> notes = Note.read(root.resolve("docs/conformance-notes.md"));
    var proofs = Proofs.of(AnnotatedClasses.under(root), GreenTests.under(root));
    return ConformanceReport.of(rows, notes, proofs);
  }
}
