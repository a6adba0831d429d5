/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.db.Db;
import page.bits.db.TxReport;

final class TimeTest {
  @Test
  void page5_time_runsAsShown() {
    try (var conn = Library.open("time")) {
      // sample: as-of
      String year = "[:find ?y . :where [?b :book/isbn \"222\"] [?b :book/year ?y]]";
      Db before = conn.db();
      TxReport report = conn.transact("[[:db/add [:book/isbn \"222\"] :book/year 1972]]");
      Db now = conn.db();
      assertThat(now.q(year)).isEqualTo(1972L);
      assertThat(now.asOf(before.basisT()).q(year)).isEqualTo(1971L);
      // end
      // sample: since
      assertThat(now.since(before.basisT()).q("[:find [?y ...] :where [_ :book/year ?y]]"))
          .isEqualTo(List.of(1972L));
      // end
      // sample: history
      assertThat(
              now.history()
                  .q(
                      """
                      [:find ?year ?added
                       :where [?b :book/isbn "222"]
                              [?b :book/year ?year ?tx ?added]]
                      """))
          .isEqualTo(Set.of(List.of(1971L, true), List.of(1971L, false), List.of(1972L, true)));
      // end
      // sample: when
      Object when =
          now.q(
              """
              [:find ?when .
               :where [?b :book/isbn "222"]
                      [?b :book/year _ ?tx]
                      [?tx :db/txInstant ?when]]
              """);
      assertThat(when).isEqualTo(report.txInstant()).isInstanceOf(Instant.class);
      // end
      // sample: log
      for (var tx : conn.log().txRange(report.t(), /* end= */ null)) {
        assertThat(tx.data()).isEqualTo(report.txData());
      }
      // end
      // sample: two-moments
      assertThat(
              now.q(
                  """
                  [:find ?was ?is
                   :in $ $then
                   :where [?b :book/isbn "222"]
                          [?b :book/year ?is]
                          [$then ?b :book/year ?was]]
                  """,
                  before))
          .isEqualTo(Set.of(List.of(1971L, 1972L)));
      // end
    }
  }
}
