/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.testkit.differential.Contender.Refusal;

/// Which refusals are for one reason, as the table says.
final class ReasonsTest {
  private static final Reasons REASONS = Reasons.recorded();

  private static Verdict verdict(String bits, String datomic, String said) {
    return REASONS.verdict(new Refusal(bits, ""), new Refusal(datomic, said));
  }

  @Test
  void verdict_refusals_areOfOneReasonOnlyByTheTable() {
    assertThat(verdict(":db.error/cas-failed", ":db.error/cas-failed", ""))
        .isInstanceOf(Verdict.SameReason.class);
    assertThat(verdict(":db.error/invalid-cas", ":db.error/invalid-cas-many", ""))
        .isInstanceOf(Verdict.SameReason.class);
    assertThat(verdict(":db.error/nil-value", ":db.error/invalid-cas", ""))
        .isInstanceOf(Verdict.KnownReason.class);
    assertThat(verdict(":db.error/not-an-entity", ":db.error/cas-failed", ""))
        .isInstanceOf(Verdict.OtherReason.class);
  }

  @Test
  void verdict_thrownWithoutACode_isJudgedByItsMessage() {
    String failed = ":db.error/function-failed";
    assertThat(verdict(failed, "untyped IllegalStateException", "IllegalStateException: five"))
        .isInstanceOf(Verdict.SameReason.class);
    assertThat(verdict(failed, "untyped IllegalStateException", "IllegalStateException: other"))
        .isInstanceOf(Verdict.OtherReason.class);
  }

  @Test
  void table_everyPair_standsOnceAndSaysWhyWhereReasonsDiffer() {
    List<String> pairs = new ArrayList<>();
    for (Reasons.Reason reason : REASONS.all()) {
      reason.bits().forEach(code -> pairs.add(reason.datomic() + reason.says() + " " + code));
      reason.known().ifPresent(why -> assertThat(why).isNotBlank());
    }
    assertThat(pairs).doesNotHaveDuplicates();
  }
}
