/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The embedded database of someone who named none: a SQLite file in the user's data folder.
///
/// `$XDG_DATA_HOME/bits`, else `~/.local/share/bits`. The samples of `--demo` have a file of their
/// own, so that they never mix with real data.
final class DefaultDatabase {
  private DefaultDatabase() {}

  static String uri(Map<String, String> environment, boolean demo) {
    Path folder = folder(environment);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw CliErrors.folderUnusable(folder.toString(), e);
    }
    return "bits:sqlite:" + folder.resolve(demo ? "demo.db" : "bits.db");
  }

  private static Path folder(Map<String, String> environment) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    return data.startsWith("/")
        ? Path.of(data, "bits")
        : Path.of(System.getProperty("user.home"), ".local", "share", "bits");
  }
}
