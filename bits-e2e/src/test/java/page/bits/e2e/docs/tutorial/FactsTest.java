/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.docs.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.TxReport;

final class FactsTest {
  @Test
  void page1_facts_runsAsShown() {
    // sample: connect
    var conn =
        Bits.connect("bits:mem:library"); // or bits:sqlite:library.db, or bits:postgresql://…
    // end
    // sample: schema
    conn.ensureSchema(
        """
        [{:db/ident :author/name :db/valueType :db.type/string
          :db/cardinality :db.cardinality/one :db/unique :db.unique/identity}
         {:db/ident :book/isbn :db/valueType :db.type/string
          :db/cardinality :db.cardinality/one :db/unique :db.unique/identity}
         {:db/ident :book/title :db/valueType :db.type/string :db/cardinality :db.cardinality/one}
         {:db/ident :book/year :db/valueType :db.type/long :db/cardinality :db.cardinality/one
          :db/index true}
         {:db/ident :book/author :db/valueType :db.type/ref :db/cardinality :db.cardinality/many}
         {:db/ident :book/subjects :db/valueType :db.type/keyword
          :db/cardinality :db.cardinality/many}]
        """);
    // end
    // sample: assert
    TxReport report =
        conn.transact(
            """
            [{:db/id "le-guin" :author/name "Ursula K. Le Guin"}
             {:db/id "butler" :author/name "Octavia E. Butler"}
             {:book/isbn "111" :book/title "The Dispossessed" :book/year 1974
              :book/author "le-guin" :book/subjects [:utopia :physics]}
             {:book/isbn "222" :book/title "The Lathe of Heaven" :book/year 1971
              :book/author "le-guin" :book/subjects [:dreams]}
             {:book/isbn "333" :book/title "Kindred" :book/year 1979
              :book/author "butler" :book/subjects [:history :time]}]
            """);
    long leGuin = report.tempids().get("le-guin"); // the number she was given
    // end
    // sample: value
    Db db = conn.db(); // a value: it never changes, whatever is committed later
    assertThat(db.q("[:find ?title :where [?book :book/year 1974] [?book :book/title ?title]]"))
        .isEqualTo(Set.of(List.of("The Dispossessed")));
    // end
    // sample: datoms
    for (Datom datom : db.datoms(Index.EAVT, leGuin)) {
      assertThat(datom.v()).isEqualTo("Ursula K. Le Guin");
      assertThat(datom.tx()).isEqualTo(report.tx()); // which transaction said so
    }
    // end
    // sample: java-forms
    conn.transact(
        List.of(
            Map.of(
                ":book/isbn", "444",
                ":book/title", "Always Coming Home",
                ":book/author", List.of(List.of(":author/name", "Ursula K. Le Guin")))));
    // end
    // sample: old-value
    String titles = "[:find (count ?book) . :where [?book :book/title]]";
    assertThat(db.q(titles)).isEqualTo(3L); // the value that we took before
    assertThat(conn.db().q(titles)).isEqualTo(4L); // the newest
    // end
    conn.close();
  }
}
