/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Where a verb's EDN text comes from.
sealed interface Source {
  record Text(String edn) implements Source {}

  record File(String name) implements Source {}

  record StandardInput() implements Source {}

  /// The whole text; what is not UTF-8 is refused, never replaced.
  default String text(Console console) {
    return switch (this) {
      case Text text -> text.edn();
      case File file -> read(file.name(), () -> Files.readAllBytes(Path.of(file.name())));
      case StandardInput _ -> read("-", console.in()::readAllBytes);
    };
  }

  private static String read(String name, Bytes bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.read())).toString();
    } catch (NoSuchFileException _) { // says nothing beyond its name
      throw CliErrors.fileMissing(name);
    } catch (IOException e) {
      throw CliErrors.fileUnreadable(name, e);
    }
  }

  /// Reads everything there is.
  interface Bytes {
    byte[] read() throws IOException;
  }
}
