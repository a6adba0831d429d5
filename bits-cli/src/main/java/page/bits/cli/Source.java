/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Where a verb's EDN text comes from.
sealed interface Source {
  record Text(String edn) implements Source {}

  record File(String name) implements Source {}

  record StandardInput() implements Source {}

  /// The text, read as it is needed; what is not UTF-8 is refused, never replaced.
  default Reader open(Console console) {
    return switch (this) {
      case Text text -> new StringReader(text.edn());
      case File file -> utf8(open(file.name()));
      case StandardInput _ -> utf8(console.in());
    };
  }

  private static Reader utf8(InputStream bytes) {
    return new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
  }

  private static InputStream open(String name) {
    try {
      return Files.newInputStream(Path.of(name));
    } catch (NoSuchFileException _) { // says nothing beyond its name
      throw CliErrors.fileMissing(name);
    } catch (IOException e) {
      throw CliErrors.fileUnreadable(name, e);
    }
  }
}
