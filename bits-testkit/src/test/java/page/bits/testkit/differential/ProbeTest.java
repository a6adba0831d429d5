/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Bits against what Datomic answered to every probe, as recorded by `./bits torture datomic
/// --record`: what differs is known to differ, or is refused as not built yet.
final class ProbeTest {
  private static final BitsContender BITS = new BitsContender("probe-test-");

  @AfterAll
  static void close() {
    BITS.close();
  }

  @TestFactory
  Stream<DynamicTest> probes_answers_areDatomicsOrKnownToDiffer() {
    Answers answers = Answers.recorded();
    Set<String> known = KnownDifferences.recorded().steps();
    return Probe.all().stream()
        .map(probe -> dynamicTest(probe.title(), () -> check(probe, answers.of(probe), known)));
  }

  private static void check(Probe probe, List<Outcome> recorded, Set<String> known) {
    assertThat(recorded).as("recorded answers").hasSameSizeAs(probe.program().steps());
    var judge = new Judge(BITS, BITS);
    List<Judge.Difference> fresh =
        judge.differences(probe.program(), recorded).stream()
            .filter(each -> !each.isLater())
            .filter(each -> !known.contains(probe.title() + " / " + each.index()))
            .toList();
    assertThat(fresh).as("differences from Datomic that nothing explains").isEmpty();
  }
}
