/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/// Files of lines whose writer may have been killed in the middle of the last one. Stateless.
final class WholeLines {
  private WholeLines() {}

  /// The lines that were written to their end.
  static Stream<String> of(Path path) {
    try {
      String text = Files.readString(path, StandardCharsets.US_ASCII);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes a torn last line away, so that the next one begins a line.
  static void mend(Path path) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      String text = Files.readString(path, StandardCharsets.US_ASCII);
      file.truncate(text.lastIndexOf('\n') + 1L);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
