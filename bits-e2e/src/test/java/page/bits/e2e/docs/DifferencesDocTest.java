/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import page.bits.testkit.differential.KnownDifferences;

/// The differences from Datomic stand in the manual by theme, each once and with its reason;
/// `-Dbits.rewrite=true` writes them anew.
final class DifferencesDocTest {
  private static final Path PAGE =
      Path.of(System.getProperty("bits.root")).resolve("docs/datomic-differences.md");
  private static final String BEGIN = "<!-- differences: begin -->\n";
  private static final String END = "<!-- differences: end -->\n";

  @Test
  void differencesPage_tables_areThoseOfTheRecordedDifferences() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String expected =
        page.substring(0, begin)
            + "\n"
            + KnownDifferences.recorded().tables()
            + "\n"
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("bits.rewrite")) {
      Files.writeString(PAGE, expected);
    } else {
      assertThat(page).isEqualTo(expected);
    }
  }

  @Test
  void differencesPage_everyDifference_standsOnceWithTwoSidesAndAReason() {
    for (var known : KnownDifferences.recorded().all()) {
      assertThat(known.theme()).isNotBlank();
      assertThat(known.here()).isNotBlank();
      assertThat(known.datomic()).isNotBlank();
      assertThat(known.why()).as(known.here()).isNotBlank();
    }
    assertThat(KnownDifferences.recorded().all())
        .extracting(KnownDifferences.Known::here)
        .doesNotHaveDuplicates();
  }
}
