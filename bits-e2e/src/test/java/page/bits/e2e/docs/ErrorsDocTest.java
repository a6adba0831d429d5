/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import page.bits.cli.CliError;
import page.bits.db.DbError;
import page.bits.edn.EdnError;
import page.bits.error.ErrorCode;
import page.bits.live.LiveError;

/// The reference lists every error code with its category, and no other.
final class ErrorsDocTest {
  private static final Path ROOT = Path.of(System.getProperty("bits.root"));
  private static final Path ERRORS = ROOT.resolve("docs/reference/errors.md");
  private static final Pattern CODE = Pattern.compile("`(:[a-z]+\\.error/[a-z-]+)`");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(:[^`]+)` \\| ([^|]+) \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|$");
  private static final Pattern EDN = Pattern.compile("^- `(:edn\\.error/[^`]+)`: .+");

  @Test
  void errors_everyCode_isListedOnceWithItsCategory() throws IOException {
    List<String> expected =
        Stream.of(DbError.values(), LiveError.values(), CliError.values())
            .flatMap(Stream::of)
            .map(code -> ((ErrorCode) code).code() + " " + ((ErrorCode) code).category().label())
            .toList();
    var listed = new ArrayList<String>();
    for (String line : Files.readAllLines(ERRORS)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        listed.add(row.group(1) + " " + row.group(2));
      }
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void errors_everyCodeOfEdn_isListedOnce() throws IOException {
    List<String> expected = Stream.of(EdnError.values()).map(EdnError::code).toList();
    var listed = new ArrayList<String>();
    for (String line : Files.readAllLines(ERRORS)) {
      var row = EDN.matcher(line);
      if (row.matches()) {
        listed.add(row.group(1));
      }
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void limits_everyCode_exists() throws IOException {
    List<String> codes =
        Stream.of(DbError.values(), LiveError.values(), CliError.values(), EdnError.values())
            .flatMap(Stream::of)
            .map(code -> ((ErrorCode) code).code())
            .toList();
    String limits = Files.readString(ROOT.resolve("docs/reference/limits.md"));
    List<String> named = CODE.matcher(limits).results().map(match -> match.group(1)).toList();
    assertThat(named).isNotEmpty().isSubsetOf(codes);
  }

  /// A code that no source names is a promise that nobody keeps.
  @Test
  void errors_everyConstant_isUsed() throws IOException {
    var sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> ROOT.relativize(file).toString().contains("src/main/java"))
              .filter(file -> !ROOT.relativize(file).startsWith("bits-testkit"))
              .toList()) {
        sources.append(Files.readString(file)).append('\n');
      }
    }
    String text = sources.toString();
    assertThat(
            Stream.of(DbError.values(), LiveError.values(), CliError.values(), EdnError.values())
                .flatMap(Stream::of)
                .map(code -> code.getClass().getSimpleName() + "." + code)
                .filter(name -> !Pattern.compile(Pattern.quote(name) + "\\b").matcher(text).find()))
        .isEmpty();
  }
}
