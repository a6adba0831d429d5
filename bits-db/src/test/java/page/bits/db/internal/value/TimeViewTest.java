/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static page.bits.db.internal.TestDb.attribute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.TxReport;
import page.bits.db.internal.TestDb;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// Views of one entity, "a", whose age and tags change over four transactions: t1 to t4.
final class TimeViewTest {
  private static final List<String> A = List.of(":p/name", "A");

  private final Connection connection = Bits.connect("bits:mem:" + TimeViewTest.class.getName());
  private final long t1;
  private final long t2;
  private final long t3;
  private final long t4;
  private final long a;
  private final Db db;

  TimeViewTest() {
    connection.ensureSchema(
        "["
            + attribute(":p/name", "string", "one", ":db/unique :db.unique/identity")
            + attribute(":p/age", "long", "one", ":db/index true")
            + attribute(":p/tag", "string", "many", "")
            + "]");
    TxReport first =
        connection.transact("[{:db/id \"a\" :p/name \"A\" :p/age 1 :p/tag [\"x\" \"y\"]}]");
    a = Objects.requireNonNull(first.tempids().get("a"));
    t1 = first.t();
    t2 = connection.transact(List.of(Map.of(":db/id", a, ":p/age", 2), retract("x"))).t();
    t3 =
        connection
            .transact(List.of(List.of(":db/add", a, ":p/tag", "x"), Map.of(":p/name", "B")))
            .t();
    t4 = connection.transact(List.of(Map.of(":db/id", a, ":p/age", 3))).t();
    db = connection.db();
  }

  private List<Object> retract(String tag) {
    return List.of(":db/retract", a, ":p/tag", tag);
  }

  @AfterEach
  void close() {
    connection.close();
    Bits.delete("bits:mem:" + TimeViewTest.class.getName());
  }

  /// What a view says of ages and tags, as `+x@2`: asserted by the second transaction.
  private List<String> words(Db view) {
    List<Long> ts = List.of(t1, t2, t3, t4);
    var words = new ArrayList<String>();
    for (String attribute : List.of(":p/age", ":p/tag")) {
      for (Datom datom : view.datoms(Index.EAVT, a, attribute)) {
        words.add((datom.added() ? "+" : "-") + datom.v() + "@" + (ts.indexOf(datom.t()) + 1));
      }
    }
    return words;
  }

  @Row({"H-01", "H-02", "RF-09"})
  @Test
  void asOf_points_areInclusive() {
    assertThat(words(db.asOf(t1))).containsExactly("+1@1", "+x@1", "+y@1");
    assertThat(words(db.asOf(Partition.tx(t2)))).containsExactly("+2@2", "+y@1");
    assertThat(words(db.asOf(t1 - 1))).isEmpty();
    assertThat(words(db.asOf(t4 + 1000))).isEqualTo(words(db));
    assertThat(words(db.asOf(0))).isEmpty();
  }

  @Row({"H-03", "RF-09"})
  @Test
  void since_points_areExclusive() {
    assertThat(words(db.since(t1))).containsExactly("+3@4", "+x@3");
    assertThat(words(db.since(Partition.tx(t3)))).containsExactly("+3@4");
    assertThat(words(db.since(t4))).isEmpty();
    assertThat(words(db.since(0))).isEqualTo(words(db));
  }

  @Row("H-03")
  @Test
  void since_identities_mayBeFilteredAway() {
    Db since = db.since(t2);
    assertThat(since.entid(A)).isEmpty();
    assertThat(since.entid(List.of(":p/name", "B"))).isPresent();
    assertThat(since.entid(":p/name")).isPresent();
    assertThat(since.pull("[*]", A)).hasSize(1).containsEntry(Keyword.of(":db/id"), null);
    Object query = "[:find ?age . :in $ $new ?n :where [$ ?e :p/name ?n] [$new ?e :p/age ?age]]";
    assertThat(Bits.q(query, db, since, "A")).isEqualTo(3L);
  }

  @Row("H-04")
  @Test
  void history_everyWord_isThere() {
    assertThat(words(db.history()))
        .containsExactly("-1@2", "+1@1", "-2@4", "+2@2", "+3@4", "+x@3", "-x@2", "+x@1", "+y@1");
    assertThat(db.q("[:find ?v ?op :in $ ?e :where [?e :p/age ?v _ ?op]]", a))
        .isEqualTo(Set.of(List.of(3L, true)));
    assertThat(db.history().q("[:find ?v ?op :in $ ?e :where [?e :p/age ?v _ ?op]]", a))
        .isEqualTo(
            Set.of(
                List.of(1L, true),
                List.of(1L, false),
                List.of(2L, true),
                List.of(2L, false),
                List.of(3L, true)));
    assertThat(db.history().q("[:find (count ?v) . :in $ ?e :where [?e :p/age ?v]]", a))
        .isEqualTo(3L);
    Object perEntity = "[:find (count ?v) . :with ?e :in $ ?e :where [?e :p/tag ?v]]";
    assertThat(db.history().q(perEntity, a)).isEqualTo(2L); // a row is there once
    assertThat(db.history().q("[:find ?a ?tag :where [?a :p/tag ?tag]]"))
        .isEqualTo(Set.of(List.of(a, "x"), List.of(a, "y")));
  }

  @Row("H-04")
  @Test
  void history_entities_areRefused() {
    Db history = db.history();
    List<Function<Db, @Nullable Object>> asked =
        List.of(
            d -> d.pull("[*]", a),
            d -> d.pullMany("[*]", List.of(a)),
            d -> d.entity(a),
            d -> d.with(List.of()),
            d -> d.asOf(t1).pull("[*]", a),
            d -> d.q("[:find (pull ?e [*]) :where [?e :p/name]]"));
    for (Function<Db, @Nullable Object> question : asked) {
      assertThatThrownBy(() -> question.apply(history))
          .satisfies(e -> assertThat(((BitsException) e).is(DbError.HISTORY_VIEW)).isTrue());
    }
  }

  @Row("H-04")
  @Test
  void history_lookupRefs_findWhoHeldTheValueLast() {
    Db moved =
        db.with(List.of(List.of(":db/retract", A, ":p/name", "A"), Map.of(":p/name", "N")))
            .dbAfter();
    assertThat(moved.entid(A)).isEmpty();
    assertThat(moved.history().entid(A)).hasValue(a);
  }

  @Row({"H-06", "RA-11"})
  @Test
  void views_inAnyOrder_areTheSame() {
    List<String> both = List.of("+2@2", "+x@3");
    assertThat(words(db.asOf(t3).since(t1))).isEqualTo(both);
    assertThat(words(db.since(t1).asOf(t3))).isEqualTo(both);
    List<String> pastWords = List.of("-1@2", "+1@1", "+2@2", "-x@2", "+x@1", "+y@1");
    assertThat(words(db.history().asOf(t2))).isEqualTo(pastWords);
    assertThat(words(db.asOf(t2).history())).isEqualTo(pastWords);
    assertThat(words(db.history().since(t2))).containsExactly("-2@4", "+3@4", "+x@3");
    assertThat(words(db.since(t2).history())).containsExactly("-2@4", "+3@4", "+x@3");
    assertThat(words(db.history().history())).isEqualTo(words(db.history()));
  }

  @Row("H-06")
  @Test
  void views_ofOneKind_theLaterCounts() {
    assertThat(words(db.asOf(t1).asOf(t3))).isEqualTo(words(db.asOf(t3)));
    assertThat(words(db.asOf(t3).asOf(t1))).isEqualTo(words(db.asOf(t1)));
    assertThat(words(db.since(t3).since(t1))).isEqualTo(words(db.since(t1)));
    assertThat(words(db.since(t1).since(t3))).isEqualTo(words(db.since(t3)));
  }

  @Row("H-05")
  @Test
  void filter_severalPredicates_haveToAgree() {
    Db filtered = db.filter((_, d) -> !d.v().equals("x")).filter((_, d) -> !d.v().equals("y"));
    assertThat(words(filtered)).containsExactly("+3@4");
    assertThat(filtered.entid(A)).hasValue(a);
    assertThat(db.filter((_, d) -> !d.v().equals("A")).entid(A)).isEmpty();
    assertThat(filtered.q("[:find ?v . :in $ ?e :where [?e :p/tag ?v]]", a)).isNull();
  }

  @Row("H-05")
  @Test
  void filter_retractions_areWordsToo() {
    Db onlyAdded = db.filter((_, d) -> d.added());
    assertThat(words(onlyAdded.asOf(t2))).containsExactly("+1@1", "+2@2", "+x@1", "+y@1");
    assertThat(words(onlyAdded.history()))
        .containsExactly("+1@1", "+2@2", "+3@4", "+x@3", "+x@1", "+y@1");
    assertThat(words(db.history().filter((_, d) -> !d.added())))
        .containsExactly("-1@2", "-2@4", "-x@2");
    assertThat(words(db.filter((_, d) -> d.t() != t4))).containsExactly("+2@2", "+x@3", "+y@1");
  }

  @Row("H-05")
  @Test
  void filter_predicate_seesTheViewWithoutFilters() {
    var seen = new ArrayList<Db>();
    words(db.filter((_, _) -> true).filter((unfiltered, _) -> seen.add(unfiltered)).asOf(t2));
    Db unfiltered = seen.getFirst();
    assertThat(unfiltered.isFiltered()).isFalse();
    assertThat(unfiltered.asOfT()).hasValue(t2);
    assertThat(words(unfiltered)).isEqualTo(words(db.asOf(t2)));
    Db adults =
        db.filter((all, d) -> all.q("[:find ?n . :in $ ?e :where [?e :p/age ?n]]", d.e()) != null);
    assertThat(adults.q("[:find [?n ...] :where [_ :p/name ?n]]")).isEqualTo(List.of("A"));
  }

  @Row({"H-07", "A-13"})
  @Test
  void databaseId_ofEveryView_isThatOfTheDatabase() {
    UUID id = UUID.fromString(connection.status().databaseId());
    for (Db view : List.of(db, db.asOf(t1), db.history(), db.filter((_, _) -> true))) {
      assertThat(view.databaseId()).isEqualTo(id);
    }
    assertThat(db.with(List.of()).dbAfter().databaseId()).isEqualTo(id);
    assertThat(connection.transact(List.of()).dbBefore().databaseId()).isEqualTo(id);
    assertThat(db.entity(a)).isEqualTo(connection.db().entity(a));
    assertThat(TestDb.of().databaseId()).isNotEqualTo(id);
  }

  @Row("H-07")
  @Test
  void views_whatTheySayOfThemselves() {
    assertThat(db.asOf(t1).basisT()).isEqualTo(db.basisT()).isEqualTo(t4);
    assertThat(db.nextT()).isGreaterThan(t4).isEqualTo(connection.transact(List.of()).t());
    assertThat(db.asOfT()).isEmpty();
    assertThat(db.sinceT()).isEmpty();
    Db view = db.asOf(Partition.tx(t3)).since(t1);
    assertThat(view.asOfT()).hasValue(t3);
    assertThat(view.sinceT()).hasValue(t1);
    assertThat(view.isHistory() || view.isFiltered() || db.isHistory() || db.isFiltered())
        .isFalse();
    assertThat(view.history().isHistory()).isTrue();
    assertThat(view.filter((_, _) -> true).isFiltered()).isTrue();
    assertThat(view.filter((_, _) -> true).history())
        .hasToString("Db[t %d, as of %d, since %d, history, filtered]".formatted(t4, t3, t1));
  }

  @Row("H-01")
  @Test
  void timePoints_ofSomethingElse_areRefused() {
    for (long wrong : new long[] {-1, a, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> db.asOf(wrong)).hasMessageContaining("invalid-time-point");
      assertThatThrownBy(() -> db.since(wrong)).hasMessageContaining("invalid-time-point");
    }
  }

  @Row({"H-01", "H-02", "H-03", "T-62", "RF-09"})
  @Test
  void instants_severalTransactionsInOneMillisecond_belongTogether() {
    Instant at = Instant.parse("2100-01-01T00:00:00Z");
    assertThat(words(db.asOf(at))).isEqualTo(words(db));
    assertThat(words(db.since(at))).isEmpty();
    assertThat(words(db.asOf(Instant.EPOCH.minusMillis(1)))).isEmpty();
    Db same = db; // with takes the instant of the transaction before
    for (int age = 10; age < 13; age++) {
      same = same.with(List.of(Map.of(":db/id", a, ":p/age", age))).dbAfter();
    }
    Instant last =
        (Instant) Objects.requireNonNull(db.q("[:find (max ?i) . :where [_ :db/txInstant ?i]]"));
    assertThat(same.asOf(last).pull("[:p/age]", a)).containsValue(12L);
    assertThat(same.asOf(last.plusNanos(999_999)).pull("[:p/age]", a)).containsValue(12L);
    assertThat(same.since(last).pull("[:p/age]", a)).isEmpty();
    assertThat(same.asOf(last.minusMillis(1)).q("[:find ?v . :where [_ :p/age ?v]]"))
        .isNotEqualTo(12L);
  }

  @Row({"S-57", "RF-10"})
  @Test
  void pastViews_haveTodaysSchema() {
    connection.transact("[{:db/id :p/tag :db/ident :p/label}]");
    connection.transact("[" + attribute(":q/new", "string", "one", "") + "]");
    Db now = connection.db();
    for (Db past :
        List.of(now.asOf(t1), now.asOf(t1).history(), now.asOf(t1).filter((_, _) -> true))) {
      assertThat(past.entid(":q/new")).isPresent();
      assertThat(past.q("[:find ?v :where [_ :q/new ?v]]")).isEqualTo(Set.of());
      assertThat(past.ident(":p/tag")).contains(Keyword.of(":p/label"));
      assertThat((List<?>) past.q("[:find [?v ...] :where [_ :p/label ?v]]")).hasSize(2);
    }
    assertThat(now.since(t4).q("[:find ?v :where [_ :p/label ?v]]")).isEqualTo(Set.of());
  }

  @Row("S-57")
  @Test
  void pastViews_ofAnAttributeThatHasOneValueNow_showOneOfTheThen() {
    connection.transact(List.of(retract("x")));
    connection.transact("[{:db/id :p/tag :db/cardinality :db.cardinality/one}]");
    Object then = connection.db().asOf(t1).pull("[:p/tag]", a).get(Keyword.of(":p/tag"));
    assertThat(then).isIn("x", "y");
  }

  @Row({"T-74", "H-06"})
  @Test
  void with_chained_buildsOnEachOther() {
    TxReport first = db.with(List.of(Map.of(":db/id", a, ":p/age", 77)));
    TxReport second = first.dbAfter().with(List.of(Map.of(":db/id", a, ":p/age", 78)));
    assertThat(second.t()).isGreaterThan(first.t());
    assertThat(second.prevT()).isEqualTo(first.t());
    assertThat(second.txData())
        .extracting(Datom::v, Datom::added)
        .contains(org.assertj.core.groups.Tuple.tuple(77L, false));
    assertThat(second.dbBefore().basisT()).isEqualTo(first.t());
    assertThat(words(second.dbAfter().asOf(t1))).isEqualTo(words(db.asOf(t1)));
    assertThat(words(second.dbAfter().asOf(first.t()))).contains("+77@0");
    assertThat(connection.db().pull("[:p/age]", a)).containsValue(3L);
  }

  @Row({"T-74", "H-06"})
  @Test
  void with_onViews_isJudgedOnTheWholeAndSeenThroughTheView() {
    List<?> forms = List.of(Map.of(":p/name", "A", ":p/age", 77));
    TxReport past = db.asOf(t1).with(forms);
    assertThat(past.txData()).extracting(Datom::v).contains(77L, 3L);
    assertThat(words(past.dbAfter())).isEqualTo(words(db.asOf(t1)));
    assertThat(past.dbAfter().basisT()).isEqualTo(past.t());
    assertThat(words(db.since(t3).with(forms).dbAfter())).containsExactly("+77@0");
    Db hidden = db.filter((_, d) -> !d.v().equals("A"));
    assertThat(hidden.with(forms).txData()).extracting(Datom::e).contains(a);
    assertThat(hidden.with(forms).dbAfter().entid(A)).isEmpty();
    assertThat(hidden.with(forms).dbAfter().isFiltered()).isTrue();
  }

  @Row({"T-74", "C-06"})
  @Test
  void with_onTheValueBeforeAReport_isWhatThatTransactionWas() {
    try (var reports = connection.txReportsAfter(t2)) {
      TxReport third = reports.take();
      assertThat(third.t()).isEqualTo(t3);
      Db before = third.dbBefore();
      assertThat(before.asOfT()).isEmpty();
      assertThat(words(before)).containsExactly("+2@2", "+y@1");
      TxReport again =
          before.with(List.of(List.of(":db/add", a, ":p/tag", "x"), Map.of(":p/name", "B")));
      assertThat(again.t()).isEqualTo(t3);
      assertThat(again.txData().subList(1, again.txData().size()))
          .isEqualTo(third.txData().subList(1, third.txData().size()));
      assertThat(words(again.dbAfter())).isEqualTo(words(third.dbAfter()));
      assertThat(before.nextT()).isEqualTo(t3);
    }
  }

  @Row("C-06")
  @Test
  void values_afterLaterTransactions_areAsTheyWere() {
    List<String> before = words(db);
    connection.transact(List.of(List.of(":db/retractEntity", a)));
    assertThat(words(db)).isEqualTo(before);
    assertThat(words(connection.db())).isEmpty();
    assertThat(words(connection.db().asOf(t4))).isEqualTo(before);
  }

  @Row("H-17")
  @Test
  void entity_ofEachView_readsThatView() {
    assertThat(db.asOf(t1).entity(A).get(":p/age")).contains(1L);
    assertThat(db.since(t1).entity(a).get(":p/name")).isEmpty();
    assertThat(db.since(t1).entity(a).get(":p/age")).contains(3L);
    Db with = db.with(List.of(Map.of(":db/id", a, ":p/age", 9))).dbAfter();
    assertThat(with.entity(A).get(":p/age")).contains(9L);
    assertThat(with.entity(A).db().basisT()).isEqualTo(with.basisT());
    assertThat(db.filter((_, d) -> !d.v().equals(3L)).entity(a).get(":p/age")).isEmpty();
  }
}
