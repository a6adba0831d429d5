/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.db.DbError;
import page.bits.error.BitsException;

final class ChangesTest {
  @Test
  void page4_changes_runsAsShown() {
    try (var conn = Library.open("changes")) {
      // sample: replace
      var report = conn.transact("[[:db/add [:book/isbn \"222\"] :book/year 1972]]");
      assertThat(report.txData().stream().map(d -> List.of(d.v(), d.added())).toList())
          .contains(List.of(1971L, false), List.of(1972L, true)); // what was so, and what is so now
      // end
      // sample: upsert
      conn.transact(
          "[{:book/isbn \"222\" :book/subjects [:sleep]}]"); // the book that has this isbn
      assertThat(
              conn.db().q("[:find [?s ...] :where [?b :book/isbn \"222\"] [?b :book/subjects ?s]]"))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .hasSize(2); // cardinality many: one value more
      // end
      // sample: retract
      conn.transact("[[:db/retract [:book/isbn \"222\"] :book/subjects :sleep]]");
      conn.transact("[[:db/retractEntity [:book/isbn \"333\"]]]");
      assertThat(conn.db().q("[:find (count ?b) . :where [?b :book/isbn]]")).isEqualTo(2L);
      // end
      // sample: cas
      conn.transact("[[:db/cas [:book/isbn \"222\"] :book/year 1972 1971]]");
      assertThatThrownBy(
              () -> conn.transact("[[:db/cas [:book/isbn \"222\"] :book/year 1972 1973]]"))
          .isInstanceOfSatisfying(
              BitsException.class, refused -> assertThat(refused.is(DbError.CAS_FAILED)).isTrue());
      // end
      // sample: set
      assertThatThrownBy(
              () ->
                  conn.transact(
                      """
                      [[:db/add [:book/isbn "111"] :book/year 1974]
                       [:db/add [:book/isbn "111"] :book/year 1975]]
                      """))
          .isInstanceOfSatisfying(
              BitsException.class,
              refused -> assertThat(refused.is(DbError.DATOMS_CONFLICT)).isTrue());
      // end
      // sample: mistake
      assertThatThrownBy(() -> conn.transact("[[:db/add [:book/isbn \"111\"] :book/titel \"x\"]]"))
          .isInstanceOfSatisfying(
              BitsException.class,
              refused -> assertThat(refused.data().get("near").toString()).contains(":book/title"));
      // end
    }
  }
}
