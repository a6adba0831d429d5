/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import page.bits.conformance.Row;
import page.bits.db.Bits;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Pulled;
import page.bits.db.QueryRequest;
import page.bits.db.internal.Blog;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Deadline;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.Ticker;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// Where a query ends before its answer: time, interrupts, rows, and numbers that would take for
/// ever.
final class QueryLimitsTest {
  private static final Db DB = Blog.db();

  /// Counts without end, until something stops it.
  private static final String ENDLESS =
      "[[(from [?n] ?m) [(inc ?n) ?m]] [(from [?n] ?m) [(inc ?n) ?x] (from ?x ?m)]]";

  private static final String COUNT_UP = "[:find (count ?m) . :in % ?n :where (from ?n ?m)]";

  private static void assertRefused(DbError code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BitsException.class, refused -> assertThat(refused.code()).isEqualTo(code.code()));
  }

  @Test
  @Row({"Q-51", "RB-11"})
  void query_beyondItsTimeout_ends() {
    assertRefused(
        DbError.QUERY_TIMEOUT,
        () -> Bits.query(QueryRequest.of(COUNT_UP, ENDLESS, 1).timeout(Duration.ofMillis(20))));
    assertRefused(
        DbError.QUERY_TIMEOUT,
        () -> Bits.q(Map.of(":query", COUNT_UP, ":args", List.of(ENDLESS, 1), ":timeout", 20)));
    assertRefused(
        DbError.QUERY_TIMEOUT,
        () -> Bits.q("[:find (count ?m) . :in % ?n :where (from ?n ?m) :timeout 20]", ENDLESS, 1));
  }

  @Test
  @Row("Q-51")
  void query_insideAQuery_endsWithTheTimeoutOutside() {
    String outer =
        "[:find ?c . :in % ?n :where [(q [:find (count ?m) . :in % ?n :where (from ?n ?m)] % ?n)"
            + " ?c]]";
    assertRefused(
        DbError.QUERY_TIMEOUT,
        () -> Bits.query(QueryRequest.of(outer, ENDLESS, 1).timeout(Duration.ofMillis(20))));
  }

  @Test
  @Row({"J-09", "Q-50", "Q-51"})
  void query_withinItsTimeout_answers() {
    String byAge = "[:find ?n . :in $ ?a :where [?e :user/age ?a] [?e :user/name ?n]]";
    QueryRequest request = QueryRequest.of(byAge, DB, 40).timeout(Duration.ofMinutes(5));
    assertThat(Bits.query(request)).isEqualTo("Bob");
    assertThat(Bits.q(byAge, DB, 40)).isEqualTo("Bob");
    assertThat(DB.q(Map.of(":query", byAge, ":args", List.of(40), ":timeout", 300_000)))
        .isEqualTo("Bob");
    assertThat(DB.query(Map.of(":query", byAge, ":timeout", 300_000), 40).column(String.class))
        .containsExactly("Bob");
  }

  @Test
  @Row("Q-51")
  void query_inAnInterruptedThread_ends() {
    Thread.currentThread().interrupt();
    try {
      assertRefused(DbError.INTERRUPTED, () -> Bits.q(COUNT_UP, ENDLESS, 1));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  @Row("Q-11")
  void join_beyondTheLimit_isRefused() {
    var ticker = new Ticker(Deadline.never(), /* rowsMax= */ 99);
    var rows = java.util.stream.LongStream.range(0, 10).mapToObj(n -> new Object[] {n}).toList();
    var left = new Relation(List.of(new Term.Variable("?a")), rows);
    var right = new Relation(List.of(new Term.Variable("?b")), rows);
    assertRefused(DbError.QUERY_TOO_LARGE, () -> left.join(right, ticker));
    assertThat(left.join(left, ticker).size()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+999999999", "1E-999999999"})
  @Row("Q-30")
  void arithmetic_onHugeDecimals_isRefusedAtOnce(String huge) {
    BigDecimal given = new BigDecimal(huge);
    for (String call : List.of("(+ ?x 1)", "(- 1 ?x)", "(rem ?x 7M)", "(mod 7M ?x)", "(long ?x)")) {
      String query = "[:find ?y . :in ?x :where [%s ?y]]".formatted(call);
      assertRefused(DbError.FUNCTION_FAILED, () -> Bits.q(query, given));
    }
    assertRefused(
        DbError.FUNCTION_FAILED, () -> Bits.q("[:find (sum ?x) :in [?x ...]]", List.of(given, 1)));
    assertThat(Bits.q("[:find ?x . :in ?x :where [(< 0 ?x)]]", given)).isEqualTo(given);
    assertThat(Bits.q("[:find (max ?x) . :in [?x ...]]", List.of(given, BigDecimal.ONE)))
        .isEqualTo(given.max(BigDecimal.ONE));
  }

  @Test
  @Row("Q-30")
  void arithmetic_thatGrowsByItself_isRefused() {
    String square =
        "[:find ?y . :in ?x :where [(* ?x ?x) ?a] [(* ?a ?a) ?b] [(* ?b ?b) ?c] [(* ?c ?c) ?y]]";
    BigInteger big = BigInteger.ONE.shiftLeft(8_000);
    assertRefused(DbError.FUNCTION_FAILED, () -> Bits.q(square, big));
  }

  @Test
  @Row("Q-53")
  void query_withStats_saysWhatRan() {
    Map<?, ?> result =
        (Map<?, ?>)
            Objects.requireNonNull(
                Bits.query(
                    QueryRequest.of("[:find ?n :where [?e :user/name ?n] [?e :user/age 40]]", DB)
                        .withStats()));
    assertThat(result.get(Keyword.of("ret"))).isEqualTo(java.util.Set.of(List.of("Bob")));
    Map<?, ?> stats = (Map<?, ?>) Objects.requireNonNull(result.get(Keyword.of("query-stats")));
    Map<?, ?> phase =
        (Map<?, ?>) ((List<?>) Objects.requireNonNull(stats.get(Keyword.of("phases")))).getFirst();
    List<?> clauses = (List<?>) Objects.requireNonNull(phase.get(Keyword.of("clauses")));
    Map<?, ?> first = (Map<?, ?>) clauses.getFirst();
    assertThat(clauses).hasSize(2);
    assertThat(String.valueOf(first.get(Keyword.of("clause")))).contains(":user/age");
    assertThat(first.get(Keyword.of("rows-out"))).isEqualTo(1L);
    assertThat(String.valueOf(first.get(Keyword.of("binds-out")))).isEqualTo("[?e]");
  }

  @Test
  @Row({"Q-51", "Q-52"})
  void rows_pulledAfterTheQuery_haveNoTimeoutAnyMore() {
    var rows = DB.query("[:find (pull ?e [:user/name]) :where [?e :user/age 40] :timeout 300000]");
    assertThat(rows.column(Pulled.class).getFirst().string(":user/name")).contains("Bob");
  }

  @Test
  @Row("Q-52")
  void rows_withAPull_pullWhenAskedFor() {
    var rows =
        DB.query("[:find (pull ?e [:user/name {:user/friends ...}]) :where [?e :user/name]]");
    assertThat(rows.size()).isEqualTo(4);
    assertThat(rows.stream().limit(1).count()).isEqualTo(1);
    assertThat(rows.column(Pulled.class).stream().map(pulled -> pulled.string(":user/name")))
        .extracting(name -> name.orElse(""))
        .containsExactlyInAnyOrder("Ann", "Bob", "Cid", "Dee");
  }
}
