/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Past 500 lines, a class holds a second concept: it is split before it grows. Tests may be long
/// lists, those of the testkit too.
final class SourceSizeTest {
  private static final int LINES_MAX = 500;

  @Test
  void mainSources_everyFile_isAtMost500Lines() throws IOException {
    Path root = Path.of(System.getProperty("bits.root"));
    try (Stream<Path> files = Files.walk(root)) {
      List<String> tooLong =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> root.relativize(file).toString().contains("src/main/java"))
              .filter(file -> !root.relativize(file).startsWith("bits-testkit"))
              .filter(file -> lines(file) > LINES_MAX)
              .map(file -> root.relativize(file) + ": " + lines(file))
              .toList();
      assertThat(tooLong).isEmpty();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
