/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Functions;
import page.bits.db.Tx;
import page.bits.error.BitsException;

final class TransactionsTest {
  // sample: function
  /// `[library/add-copies book n]`: so many more copies of a book.
  static List<?> addCopies(Db before, List<Object> arguments) {
    Object book = arguments.get(0);
    long more = (Long) arguments.get(1);
    long copies = before.pull("[:book/copies]", book).integer(":book/copies").orElse(0L);
    return List.of(List.of(":db/add", book, ":book/copies", copies + more));
  }

  // end

  @Test
  void page6_transactions_runsAsShown() {
    try (var conn = Library.open("transactions")) {
      // sample: call
      conn.ensureSchema(
          """
          [{:db/ident :book/copies :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]
          """);
      Functions.registerTx("library/add-copies", TransactionsTest::addCopies);
      conn.transact("[[library/add-copies [:book/isbn \"111\"] 3]]");
      conn.transact("[[library/add-copies [:book/isbn \"111\"] 2]]");
      String copies = "[:find ?n . :where [?b :book/isbn \"111\"] [?b :book/copies ?n]]";
      assertThat(conn.db().q(copies)).isEqualTo(5L);
      // end
      // sample: with
      var supposed =
          conn.db().with(List.of(List.of(":db/retractEntity", List.of(":book/isbn", "111"))));
      assertThat(supposed.dbAfter().q(copies)).isNull(); // if it were so
      assertThat(conn.db().q(copies)).isEqualTo(5L); // nothing was stored
      // end
      // sample: provenance
      conn.ensureSchema(
          """
          [{:db/ident :import/source :db/valueType :db.type/string
            :db/cardinality :db.cardinality/one}]
          """);
      conn.transact(
          """
          [[:db/add "datomic.tx" :import/source "catalogue of 2026"]
           {:book/isbn "777" :book/title "Dawn" :book/year 1987}]
          """);
      assertThat(
              conn.db()
                  .q(
                      """
                      [:find ?source .
                       :where [?b :book/isbn "777"]
                              [?b :book/title _ ?tx]
                              [?tx :import/source ?source]]
                      """))
          .isEqualTo("catalogue of 2026");
      // end
      // sample: spec
      conn.ensureSchema(
          """
          [{:db/ident :book/complete :db.entity/attrs [:book/isbn :book/title :book/year]}]
          """);
      assertThatThrownBy(() -> conn.transact("[{:book/isbn \"888\" :db/ensure :book/complete}]"))
          .isInstanceOfSatisfying(
              BitsException.class, refused -> assertThat(refused.is(DbError.ENTITY_ATTR)).isTrue());
      // end
      // sample: once
      UUID id = UUID.fromString("018f4e6c-0000-7000-8000-000000000001");
      Tx tx = Tx.of("[[library/add-copies [:book/isbn \"111\"] 1]]").id(id);
      long t = conn.transact(tx).t();
      assertThat(conn.transact(tx).t()).isEqualTo(t); // sent again: the same commit, not another
      assertThat(conn.db().q(copies)).isEqualTo(6L);
      // end
      // sample: reports
      try (var reports = conn.txReportsAfter(t)) { // and with a cursor: after a restart, elsewhere
        conn.transact("[[:db/add [:book/isbn \"111\"] :book/copies 0]]");
        var report = reports.take();
        assertThat(report.dbBefore().q(copies)).isEqualTo(6L);
        assertThat(report.dbAfter().q(copies)).isEqualTo(0L);
      }
      // end
    }
  }
}
