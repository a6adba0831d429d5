/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Bits;
import page.bits.db.Connection;
import picocli.CommandLine.Option;

/// Which database: `--db URI`, else the environment's `BITS_DB`.
final class DatabaseOption {
  private final Console console;

  @Option(
      names = "--db",
      paramLabel = "URI",
      description = "The database, such as bits:sqlite:FILE or bits:postgresql://HOST/DATABASE.")
  private @Nullable String uri;

  DatabaseOption(Console console) {
    this.console = console;
  }

  /// A connection to the database that was named; to name none is a usage error.
  Connection connect() {
    return Bits.connect(
        uri()
            .orElseThrow(
                () ->
                    new UsageException(
                        "Which database? Give --db URI, or set BITS_DB; for example"
                            + " --db bits:sqlite:FILE")));
  }

  Optional<String> uri() {
    String named = uri == null ? console.environment().get("BITS_DB") : uri;
    return Optional.ofNullable(named).filter(text -> !text.isBlank());
  }
}
