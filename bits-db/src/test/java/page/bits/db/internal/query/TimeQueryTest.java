/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Db;
import page.bits.db.Log;
import page.bits.db.TxReport;
import page.bits.db.internal.Blog;
import page.bits.edn.Keyword;

/// Queries on history, on what came since, on filtered values, and on the log.
final class TimeQueryTest {
  private static final Db BEFORE = Blog.db();
  private static final TxReport REPORT =
      BEFORE.with(
          List.of(
              List.of(":db/retract", List.of(":user/name", "Bob"), ":user/tags", "red"),
              List.of(":db/add", List.of(":user/name", "Bob"), ":user/age", 41)));
  private static final Db DB = REPORT.dbAfter();

  @Test
  @Row({"Q-09", "Q-20"})
  void history_withOp_tellsAssertionsFromRetractions() {
    String ages =
        "[:find ?a ?op :in $ $now :where [$now ?e :user/name \"Bob\"] [?e :user/age ?a _ ?op]]";
    assertThat(DB.history().q(ages, DB.history(), DB))
        .isEqualTo(Set.of(List.of(40L, true), List.of(40L, false), List.of(41L, true)));
    String gone = "[:find [?t ...] :in $ ?tx :where [_ :user/tags ?t ?tx false]]";
    assertThat(DB.history().q(gone, REPORT.tx())).isEqualTo(List.of("red"));
  }

  @Test
  @Row({"Q-09", "Q-25"})
  void history_asSourceOfARule_isReadByIt() {
    String ever = "[:find (count ?a) . :in $ $h % :where [?e :user/name \"Bob\"] ($h aged ?e ?a)]";
    assertThat(DB.q(ever, DB, DB.history(), "[[(aged ?e ?a) [?e :user/age ?a _ true]]]"))
        .isEqualTo(2L);
  }

  @Test
  @Row("Q-09")
  void since_withTheWholeValue_findsWhatChanged() {
    String changed = "[:find ?n ?a :in $ $new :where [$new ?e :user/age ?a] [?e :user/name ?n]]";
    assertThat(DB.q(changed, DB, DB.since(BEFORE.basisT()))).isEqualTo(Set.of(List.of("Bob", 41L)));
  }

  @Test
  @Row("Q-09")
  void filtered_value_isQueriedFiltered() {
    Db young = DB.filter((_, datom) -> !datom.v().equals(41L));
    assertThat(young.q("[:find (count ?e) . :where [?e :user/age]]")).isEqualTo(3L);
  }

  private record OneTx(TxReport report) implements Log {
    @Override
    public Iterable<LoggedTx> txRange(@Nullable Object start, @Nullable Object end) {
      boolean isIn =
          (start == null || (Long) start <= report.t() || (Long) start == report.tx())
              && (end == null || (Long) end > report.t());
      return isIn ? List.of(new LoggedTx(report.t(), report.txData())) : List.of();
    }
  }

  @Test
  @Row("Q-38")
  void log_asInput_givesTransactionsAndTheirData() {
    Log log = new OneTx(REPORT);
    String data =
        "[:find ?i ?v ?op :in $ ?log ?from :where [(tx-ids ?log ?from nil) [?tx ...]]"
            + " [(tx-data ?log ?tx) [[?e ?a ?v _ ?op]]] [?a :db/ident ?i] [(= ?i :user/age)]]";
    assertThat(DB.q(data, log, BEFORE.basisT()))
        .isEqualTo(
            Set.of(
                List.of(Keyword.of("user/age"), 40L, false),
                List.of(Keyword.of("user/age"), 41L, true)));
    assertThat(DB.q("[:find [?tx ...] :in $ ?log :where [(tx-ids ?log nil nil) [?tx ...]]]", log))
        .isEqualTo(List.of(REPORT.tx()));
    assertThat(DB.q(data, log, REPORT.t() + 1)).isEqualTo(Set.of());
  }
}
