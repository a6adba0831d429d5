/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;

final class UsageTest {
  private final TestConsole console = new TestConsole();

  @Test
  void bits_noVerb_isUsageOnStandardError() {
    assertThat(console.run()).isEqualTo(2);
    assertThat(console.out()).isEmpty();
    assertThat(console.err()).contains("Usage: bits").contains("transact");
  }

  @Test
  void bits_help_isDataOnStandardOutput() {
    assertThat(console.run("--help")).isZero();
    assertThat(console.out()).contains("serve", "transact", "q ", "pull", "reports", "status");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void verb_misspelt_isSuggested() {
    assertThat(console.run("transcat")).isEqualTo(2);
    assertThat(console.err()).contains("Unknown verb: 'transcat'").contains("bits transact");
  }

  @Row({"RA-30", "RF-20"})
  @Test
  void option_misspelt_isSuggestedWithoutItsPassword() {
    assertThat(console.run("q", "--bd=bits:postgresql://h/d?user=u&password=hush", "[]"))
        .isEqualTo(2);
    assertThat(console.err()).contains("--db").doesNotContain("hush");
  }

  @Test
  void database_blankEnvironment_isNotNamed() {
    assertThat(console.run(Map.of("BITS_DB", " "), "", "status")).isEqualTo(2);
    assertThat(console.err()).contains("--db URI").contains("BITS_DB");
  }

  @Test
  void edn_beginningWithAt_isNotAFileOfArguments() {
    assertThat(console.run("transact", "--db", "bits:mem:usage", "@nowhere")).isEqualTo(1);
    assertThat(console.err()).contains(":edn.error/");
  }
}
