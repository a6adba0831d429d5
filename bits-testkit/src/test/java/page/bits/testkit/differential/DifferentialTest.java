/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.edn.Keyword;
import page.bits.testkit.Seed;
import page.bits.testkit.Shrinker;

/// The machinery on Bits alone: a program means the same on two databases that number otherwise.
final class DifferentialTest {
  private static final int PROGRAMS = 60;

  @Test
  void randomPrograms_onBitsTwice_agreeWithThemselves() {
    long seed = Seed.of("DifferentialTest");
    try (var one = new BitsContender("differential-one-");
        var other = new BitsContender("differential-other-")) {
      var judge = new Judge(one, other);
      for (int i = 0; i < PROGRAMS; i++) {
        Program program = new RandomPrograms(seed + i).next();
        assertThat(judge.differences(program)).as(program.shown()).isEmpty();
      }
      assertThat(judge.tally().sameAnswers()).isGreaterThan(judge.tally().steps() / 4);
    }
  }

  @Test
  void program_printed_readsBackAsItself() {
    Program program = new RandomPrograms(1).next();
    assertThat(Program.read(program.shown())).isEqualTo(program);
  }

  @Test
  void shrinker_programThatShows_becomesTheSmallestThatShows() {
    Program program =
        Program.read(
            """
            [{:schema {:p/n [:long]}}
             {:tx [{:db/id "a" :p/n 1} {:db/id "b" :p/n 2}]}
             {:q [:find ?e ?n :where [?e :p/n ?n] [(> ?n 1)]]}
             {:tx []}]
            """);
    Program shrunk =
        Program.of(
            Shrinker.shrink(
                program.steps(),
                candidate -> Program.of(candidate).shown().contains("[(> ?n 1)]")));
    assertThat(shrunk.steps()).hasSize(1);
    assertThat((List<?>) shrunk.steps().getFirst().get(Keyword.of("q"))).hasSize(1);
  }
}
