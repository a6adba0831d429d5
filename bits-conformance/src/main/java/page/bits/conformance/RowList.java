/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The list of all rows: lines `| T-35 | few words |` of a Markdown table.
final class RowList {
  private static final Pattern LINE = Pattern.compile("\\| ([A-Z]+-\\d+) \\| (.+) \\|");

  private RowList() {}

  /// One row: its id, and what it is about.
  record Entry(String row, String words) {}

  static List<Entry> read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(LINE::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> new Entry(matcher.group(1), matcher.group(2)))
        .toList();
  }
}
