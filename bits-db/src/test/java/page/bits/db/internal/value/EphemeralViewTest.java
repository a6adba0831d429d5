/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.internal.TestDb;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;

/// Which views of a database show ephemeral facts.
class EphemeralViewTest {
  private static final Db DB =
      TestDb.of(
          """
          [{:db/ident :here/page :db/valueType :db.type/string :db/cardinality :db.cardinality/one
            :db/ephemeral true :db/index true}
           {:db/ident :here/person :db/valueType :db.type/ref :db/cardinality :db.cardinality/one
            :db/ephemeral true}
           {:db/ident :user/name :db/valueType :db.type/string :db/cardinality :db.cardinality/one
            :db/unique :db.unique/identity}]""",
          """
          [{:db/id "s" :bits.session/id #uuid "00000000-0000-0000-0000-000000000001"
            :bits.session/peer #uuid "10000000-0000-0000-0000-000000000000"
            :bits.session/open true}
           {:db/id "ada" :user/name "ada"}]""",
          """
          [{:db/id "x" :bits/session [:bits.session/id #uuid "00000000-0000-0000-0000-000000000001"]
            :here/page "home" :here/person [:user/name "ada"]}]""");
  private static final String PAGES = "[:find [?p ...] :where [_ :here/page ?p]]";

  private static Db with(Db db, String edn) {
    return db.with((List<?>) Objects.requireNonNull(Edn.read(edn))).dbAfter();
  }

  private static List<String> pages(Db db) {
    return db.query(PAGES).column(String.class);
  }

  @Test
  void now_isQueriedAndPulledLikeAllOthers() {
    assertThat(pages(DB)).containsExactly("home");
    assertThat(
            DB.q(
                "[:find ?n . :where [?x :here/page \"home\"] [?x :here/person ?u] [?u :user/name ?n]]"))
        .isEqualTo("ada");
    assertThat(DB.pull("[:user/name {:here/_person [:here/page]}]", List.of(":user/name", "ada")))
        .isEqualTo(
            Map.of(
                Keyword.of(":user/name"),
                "ada",
                Keyword.of(":here/_person"),
                List.of(Map.of(Keyword.of(":here/page"), "home"))));
    assertThat(DB.datoms(Index.AVET, ":here/page", "home")).hasSize(1);
    assertThat(DB.datoms(Index.VAET, DB.entid(List.of(":user/name", "ada")).orElseThrow()))
        .hasSize(1);
    assertThat(DB.attribute(":here/page").orElseThrow().isEphemeral()).isTrue();
  }

  @Test
  void time_showsNone() {
    long t = DB.basisT();
    assertThat(pages(DB.asOf(t))).isEmpty();
    assertThat(pages(DB.since(0))).isEmpty();
    assertThat(pages(DB.history())).isEmpty();
    assertThat(DB.history().datoms(Index.EAVT))
        .noneMatch(datom -> datom.a() == DB.entid(":here/page").orElseThrow());
  }

  @Test
  void filter_seesThem() {
    long page = DB.entid(":here/page").orElseThrow();
    assertThat(pages(DB.filter((_, _) -> true))).containsExactly("home");
    assertThat(pages(DB.filter((_, datom) -> datom.a() != page))).isEmpty();
  }

  @Test
  void reverse_andRanges_seeThem() {
    assertThat(DB.indexRange(":here/page", "a", "z")).hasSize(1);
    assertThat(DB.seekDatomsReverse(Index.AVET, ":here/page", "z").iterator().next().v())
        .isEqualTo("home");
  }

  @Test
  void ended_leavesNothing() {
    Db after =
        with(
            DB,
            "[[:bits/end-session [:bits.session/id #uuid \"00000000-0000-0000-0000-000000000001\"]]]");
    assertThat(pages(after)).isEmpty();
    assertThat(pages(after.history())).isEmpty();
    assertThat(StreamSupport.stream(after.datoms(Index.EAVT).spliterator(), false).map(Datom::a))
        .doesNotContain(after.entid(":here/person").orElseThrow());
    assertThat(pages(DB)).containsExactly("home");
  }

  @Test
  void with_showsWhatItWouldBe() {
    Db moved = with(DB, "[[:db/add [:user/name \"ada\"] :user/name \"Ada\"]]");
    assertThat(pages(moved)).containsExactly("home");
    assertThat(pages(with(DB.asOf(DB.basisT()), "[]"))).isEmpty();
  }
}
