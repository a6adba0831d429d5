/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

final class TransactCommandTest {
  private static final String NAME =
      "[{:db/ident :n/n :db/valueType :db.type/string :db/cardinality :db.cardinality/one}]";

  private final TestConsole console = new TestConsole();
  private final Map<String, String> environment;

  TransactCommandTest(TestInfo test) {
    environment = Map.of("BITS_DB", "bits:mem:" + test.getDisplayName().replaceAll("\\W", ""));
  }

  @Test
  void input_severalForms_printsAReportForEach() {
    int exit = console.run(environment, NAME + "\n[{:n/n \"a\"}] [{:n/n \"b\"}]", "transact", "-");
    assertThat(exit).as(console.err()).isZero();
    assertThat(console.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{:cursor "));
  }

  @Test
  void input_refusedForm_saysWhereAndHowMuchWasDone() {
    int exit = console.run(environment, NAME + "\n\n  [{:n/n 7}]\n[]", "transact", "-");
    assertThat(exit).isEqualTo(1);
    assertThat(console.out().lines()).hasSize(1);
    Map<?, ?> error = printedError();
    assertThat(error.get(Keyword.of(":db/error")))
        .isEqualTo(Keyword.of(":db.error/wrong-type-for-attribute"));
    assertThat(error.get(Keyword.of("line"))).isEqualTo(3L);
    assertThat(error.get(Keyword.of("column"))).isEqualTo(3L);
    assertThat(error.get(Keyword.of("committed"))).isEqualTo(1L);
  }

  @Test
  void input_syntaxErrorLater_keepsWhatWasCommitted() {
    int exit = console.run(environment, NAME + "\n[{:n/n \"a\"]", "transact", "-");
    assertThat(exit).isEqualTo(1);
    assertThat(console.out().lines()).hasSize(1);
    Map<?, ?> error = printedError();
    assertThat(error.get(Keyword.of("line"))).isEqualTo(2L);
    assertThat(error.get(Keyword.of("committed"))).isEqualTo(1L);
  }

  @Test
  void input_idAndTwoForms_isUsageAndNothingDone() {
    String id = "6ecd8c77-1a1c-4a3f-8d2a-0f6b7a2b9c11";
    assertThat(console.run(environment, "[] []", "transact", "--id", id, "-")).isEqualTo(2);
    assertThat(console.out()).isEmpty();
  }

  private Map<?, ?> printedError() {
    Object map = Edn.read(console.err().lines().toList().getLast());
    return (Map<?, ?>) Objects.requireNonNull(map);
  }
}
