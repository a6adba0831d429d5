/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Pulled;
import page.bits.db.Rows;
import page.bits.db.internal.Blog;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

/// Rows for Java, inputs from Java, and databases as inputs.
final class RowsTest {
  private static final Db DB = Blog.db();
  private static final String NAMED =
      "[:find ?n ?a :keys user-name age :where [?e :user/name ?n] [?e :user/age ?a]]";

  record Person(int age, String userName) {}

  record Pair(String name, long age) {}

  record Wide(String name, long age, String more) {}

  record Other(String name, String city) {}

  enum Level {
    GOLD,
    IRON
  }

  record Ranked(Level level, Instant joined) {}

  record WithPull(Pair user) {}

  @Test
  void list_withKeys_fillsByName() {
    assertThat(DB.query(NAMED).list(Person.class))
        .containsExactlyInAnyOrder(
            new Person(30, "Ann"),
            new Person(40, "Bob"),
            new Person(20, "Cid"),
            new Person(30, "Dee"));
  }

  @Test
  void list_withoutKeys_fillsByPosition() {
    Rows rows = DB.query("[:find ?n ?a :where [?e :user/name ?n] [?e :user/age ?a] [(< ?a 25)]]");
    assertThat(rows.list(Pair.class)).containsExactly(new Pair("Cid", 20));
    assertThat(rows.one(Pair.class)).contains(new Pair("Cid", 20));
    assertThat(rows.size()).isEqualTo(1);
    assertThat(rows.stream()).containsExactly(List.of("Cid", 20L));
  }

  @Test
  void list_ofOtherTypes_convertsWhatLosesNothing() {
    assertThat(
            DB.query(
                    "[:find ?l ?t :where [?e :user/level ?l] [?e :user/joined ?t] [?e :user/age 30]]")
                .list(Ranked.class))
        .containsExactly(new Ranked(Level.GOLD, Instant.parse("2024-01-01T00:00:00Z")));
    assertThat(DB.query("[:find ?b :where [_ :user/balance ?b]]").column(BigDecimal.class))
        .containsExactly(new BigDecimal("10.50"));
    assertThat(DB.query("[:find (count ?e) :where [?e :user/age]]").column(Integer.class))
        .containsExactly(4);
    assertThat(
            DB.query("[:find (pull ?e [:user/name :user/age]) :where [?e :user/age 20]]")
                .list(WithPull.class))
        .containsExactly(new WithPull(new Pair("Cid", 20)));
    assertThat(
            DB.query("[:find (pull ?e [:user/age]) :where [?e :user/age 30]]").column(Pulled.class))
        .hasSize(2);
  }

  @Test
  void list_ofAnotherShape_isRefusedWithTheComponent() {
    Rows rows = DB.query(NAMED);
    assertRefused(() -> rows.list(Other.class), "Other.name");
    assertRefused(() -> rows.column(String.class), "column");
    assertRefused(() -> rows.one(Person.class), "found 4");
    Rows plain = DB.query("[:find ?a ?n :where [?e :user/name ?n] [?e :user/age ?a]]");
    assertRefused(() -> plain.list(Pair.class), "Pair.name");
    assertRefused(() -> plain.list(Wide.class), "Wide");
    Rows large = DB.query("[:find ?x ?n :where [(ground 3000000000) ?x] [(ground \"a\") ?n]]");
    assertRefused(() -> large.list(Person.class), "Person.age");
  }

  private static void assertRefused(Runnable call, String named) {
    assertThatThrownBy(call::run)
        .isInstanceOf(BitsException.class)
        .satisfies(e -> assertThat(((BitsException) e).is(DbError.RESULT_SHAPE)).isTrue())
        .hasMessageContaining(named);
  }

  @Test
  void input_ofJavaTypes_meansTheSameValue() {
    String byAge = "[:find ?n . :in $ ?a :where [?e :user/age ?a] [?e :user/name ?n]]";
    assertThat(DB.q(byAge, 40)).isEqualTo("Bob");
    assertThat(DB.q(byAge, (short) 40)).isEqualTo("Bob");
    String byTime = "[:find ?n . :in $ ?t :where [?e :user/joined ?t] [?e :user/name ?n]]";
    assertThat(DB.q(byTime, Date.from(Instant.parse("2025-06-01T00:00:00Z")))).isEqualTo("Bob");
    String each = "[:find [?a ...] :in $ [?n ...] :where [?e :user/name ?n] [?e :user/age ?a]]";
    assertThat(DB.q(each, (Object) new String[] {"Bob"})).isEqualTo(List.of(40L));
    assertThat(DB.q(each, Set.of("Bob"))).isEqualTo(List.of(40L));
    String numbers = "[:find (count ?a) . :in $ [?a ...] :where [_ :user/age ?a]]";
    assertThat(DB.q(numbers, (Object) new long[] {40, 20, 7})).isEqualTo(2L);
    assertThat(DB.q(numbers, (Object) new int[] {40})).isEqualTo(1L);
    String rows = "[:find ?v . :in $ $r :where [$r 40 ?v] [_ :user/age 40]]";
    assertThat(DB.q(rows, (Object) new Object[][] {{40, "x"}, {41, "y"}})).isEqualTo("x");
  }

  @Test
  void query_ofJavaForms_needsNoParentheses() {
    Symbol e = Symbol.of("?e");
    Symbol n = Symbol.of("?n");
    Map<String, Object> form =
        Map.of(
            ":find", List.of(List.of(n, Symbol.of("..."))),
            ":where",
                List.of(
                    List.of(e, ":user/name", n),
                    List.of(List.of(Symbol.of("!="), n, "Ann")),
                    List.of(Symbol.of("not"), List.of(e, ":user/tags", Symbol.of("_")))));
    assertThat((List<?>) DB.q(form)).isEqualTo(List.of("Cid", "Dee"));
  }

  @Test
  void sources_several_areJoined() {
    Db past = DB.asOf(DB.basisT() - 1);
    String titles =
        "[:find (count ?t) . :in $ $old :where [?p :post/title ?t] [$old ?u :user/name]]";
    assertThat(DB.q(titles, past)).isEqualTo(3L);
    assertThat(DB.q("[:find ?t :where [_ :post/title ?t]]", past)).isEqualTo(Set.of());
    String added =
        "[:find [?t ...] :in $old $ :where [$ ?p :post/title ?t] [$ ?p :post/author ?u]"
            + " [$old ?u :user/name \"Bob\"] ($old not [?p :post/title])]";
    assertThat(DB.q(added, past)).isEqualTo(List.of("Third"));
  }

  @Test
  void receiver_whenTheInputsBeginWithADatabase_isNotAdded() {
    Db empty = DB.asOf(0);
    String count = "[:find (count ?e) . :in $ ?a :where [?e :user/age ?a]]";
    assertThat(DB.q(count, 30)).isEqualTo(2L);
    assertThat(DB.q(count, DB, 30)).isEqualTo(2L);
    assertThat(empty.q(count, DB, 30)).isEqualTo(2L);
    assertThat(DB.q(count, empty, 30)).isNull();
    assertThat(DB.q("[:find ?x . :in ?x]", 7)).isEqualTo(7L);
  }

  @Test
  void result_ofARelation_cannotBeChanged() {
    Set<?> result =
        (Set<?>) java.util.Objects.requireNonNull(DB.q("[:find ?n :where [_ :user/name ?n]]"));
    assertThatThrownBy(result::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void recorded_query_readsOnlyWhatItNeeds() {
    var recorded =
        DB.recorded(
            db ->
                Optional.ofNullable(
                    db.q(
                        "[:find [?t ...] :in $ ?n :where [?u :user/name ?n] [?p :post/author ?u]"
                            + " [?p :post/title ?t]]",
                        "Bob")));
    var other = DB.with(List.of(Map.of(":user/name", "Eve", ":user/age", 5)));
    var foreign =
        DB.with(List.of(Map.of(":post/title", "x", ":post/author", List.of(":user/name", "Ann"))));
    var own =
        DB.with(List.of(Map.of(":post/title", "x", ":post/author", List.of(":user/name", "Bob"))));
    assertThat(recorded.reads().touchedBy(other.txData())).isFalse();
    assertThat(recorded.reads().touchedBy(foreign.txData())).isFalse();
    assertThat(recorded.reads().touchedBy(own.txData())).isTrue();
  }

  @Test
  void keys_ofARow_areKeywords() {
    assertThat(
            DB.q(
                "[:find [?n ?a] :keys n a :where [?e :user/name ?n] [?e :user/age ?a] [(= ?a 40)]]"))
        .isEqualTo(Map.of(Keyword.of("n"), "Bob", Keyword.of("a"), 40L));
  }
}
