/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import page.bits.error.ErrorCode;

/// The page about EDN says what is true.
final class EdnReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "edn.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(:edn\\.error/[a-z-]+)`");

  @Test
  void page_errorTable_listsEveryCodeOnce() throws IOException {
    var listed = new ArrayList<String>();
    ROW.matcher(Files.readString(PAGE)).results().forEach(row -> listed.add(row.group(1)));
    var codes = List.of(EdnError.values()).stream().map(ErrorCode::code).toList();
    assertThat(listed).containsExactlyInAnyOrderElementsOf(codes);
  }

  @Test
  void page_limits_areTheDefaults() throws IOException {
    String page = Files.readString(PAGE);
    var limits = EdnLimits.DEFAULT;
    assertThat(page)
        .contains("| " + limits.depth() + " | `:edn.error/too-deep`")
        .contains(row(limits.formChars(), "form-too-large"))
        .contains(row(limits.tokenChars(), "token-too-long"))
        .contains(row(limits.numberDigits(), "number-too-large"))
        .contains(row(limits.numberScale(), "number-too-large"))
        .contains(row(limits.collectionSize(), "collection-too-large"));
  }

  private static String row(long limit, String code) {
    return String.format(java.util.Locale.ROOT, "| %,d | `:edn.error/%s`", limit, code);
  }
}
