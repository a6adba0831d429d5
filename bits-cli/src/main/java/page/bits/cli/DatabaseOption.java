/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.spi.BitsUri;
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

  /// As [#connect()], for verbs that only read: a SQLite file that is not there stays away, and is
  /// an error.
  Connection connectToRead() {
    Optional<String> named = uri();
    if (named.isPresent()) {
      BitsUri parsed = BitsUri.parse(named.get());
      boolean isMissing =
          parsed.scheme().equals("sqlite")
              && parsed.parameter("create").isEmpty()
              && !Files.exists(Path.of(parsed.location()));
      if (isMissing) {
        return Bits.connect(
            named.get() + (parsed.parameters().isEmpty() ? "?" : "&") + "create=false");
      }
    }
    return connect();
  }

  Optional<String> uri() {
    String named = uri == null ? console.environment().get("BITS_DB") : uri;
    return Optional.ofNullable(named).filter(text -> !text.isBlank());
  }
}
