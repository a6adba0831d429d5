/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.internal.Seed;
import page.bits.edn.Edn;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

/// Random queries against the obvious evaluator, in any order of their clauses.
/// `-Dtest.databases=N` runs longer.
final class QueryPropertyTest {
  private static final int DATABASES = Integer.getInteger("test.databases", 25);
  private static final int QUERIES = 40;

  private int answered;
  private int nonEmpty;

  @Test
  @Row({"Q-11", "Q-12", "Q-20", "Q-21", "Q-22", "Q-23", "Q-24", "Q-25", "Q-26", "Q-29", "Q-37"})
  void query_random_answersLikeTheReference() {
    Random random = Seed.random("QueryPropertyTest");
    var queries = new RandomQueries(random);
    for (int i = 0; i < DATABASES; i++) {
      RandomDb made = RandomDb.of(random, 2 + random.nextInt(10));
      long newest = made.db().basisT();
      long t = random.nextInt(4) == 0 ? newest - 1 : newest;
      compare(queries, made, t, newest - 1 - random.nextInt(3));
    }
    assertThat(answered).isGreaterThan(DATABASES * QUERIES / 5);
    assertThat(nonEmpty).isGreaterThan(DATABASES * QUERIES / 12);
    Seed.counted(
        "queries",
        "%d queries on %d databases, %d answered by both, %d of them with rows"
            .formatted(DATABASES * QUERIES, DATABASES, answered, nonEmpty));
  }

  private void compare(RandomQueries queries, RandomDb made, long t, long since) {
    Db db = t == made.db().basisT() ? made.db() : made.db().asOf(t);
    for (int i = 0; i < QUERIES; i++) {
      RandomQuery query = queries.query(made.entities());
      check(db, queries, reference(made, t, since, query), query, since);
    }
  }

  private static ReferenceQuery reference(RandomDb made, long t, long since, RandomQuery query) {
    List<List<Object>> said =
        made.history().stream()
            .filter(row -> page.bits.db.Partition.counter((Long) row.get(3)) <= t)
            .toList();
    var sources =
        Map.of(
            Symbol.of("$"), made.holding(-1, t),
            Symbol.of("$h"), said,
            Symbol.of("$since"), made.holding(since, t),
            Symbol.of("$c"), query.collection());
    return new ReferenceQuery(new ReferenceQuery.World(sources, made.idents(), query.rules()));
  }

  @Test
  @Row({"Q-11", "Q-12"})
  void query_onManyRows_answersLikeTheReference() {
    Random random = Seed.random("QueryPropertyTest.manyRows");
    var queries = new RandomQueries(random);
    RandomDb made = RandomDb.of(random, 500);
    long t = made.db().basisT();
    String[] shapes = {
      "[[?e0 :r/plain ?n0] [?e0 :r/key ?s0]]",
      "[[?e0 :r/plain ?n0] [?e0 :r/ref ?e1] [?e1 :r/text ?s0]]",
      "[[?e0 :r/ref ?e1] [?e1 :r/ref ?e0]]",
      "[[?e0 :r/plain 3] [?e0 :r/indexed ?n0] (not [?e0 :r/text \"s1\"])]",
      "[[?e0 :r/indexed ?n0] [(< ?n0 2)] [?e1 :r/ref ?e0]]",
      "[[?e0 :r/text \"s1\"] (or [?e0 :r/plain 1] [?e0 :r/indexed 3])]",
      "[[?e0 :r/plain 4] (or-join [?e0] [?e0 :r/text \"s1\"] (and [?e0 :r/ref ?e1] [?e1 :r/plain 2]))]"
    };
    for (String where : shapes) {
      var query =
          new RandomQuery(
              List.of(Symbol.of("?e0")), form(where), List.of(), List.of(), List.of(), List.of());
      check(made.db(), queries, reference(made, t, t, query), query, t);
    }
    assertThat(nonEmpty).isGreaterThan(3);
  }

  @SuppressWarnings("unchecked") // a vector of clauses
  private static List<Object> form(String text) {
    return (List<Object>) Objects.requireNonNull(Edn.read(text));
  }

  private void check(
      Db db, RandomQueries queries, ReferenceQuery reference, RandomQuery query, long since) {
    Set<List<Object>> expected;
    try {
      expected = reference.rows(query.find(), query.where(), query.given());
    } catch (ReferenceQuery.Unbound unbound) {
      assertThatUnbound(db, query, since);
      return;
    } catch (ReferenceQuery.TooMany tooMany) {
      return;
    }
    answered++;
    nonEmpty += expected.isEmpty() ? 0 : 1;
    assertThat(run(db, query, query.where(), query.find(), since))
        .as(query.shown())
        .isEqualTo(expected);
    assertThat(run(db, query, queries.shuffled(query.where()), query.find(), since))
        .as("shuffled " + query.shown())
        .isEqualTo(expected);
    checkAggregates(db, query, expected, since);
  }

  private static void assertThatUnbound(Db db, RandomQuery query, long since) {
    try {
      run(db, query, query.where(), query.find(), since);
    } catch (BitsException refused) {
      assertThat(refused.code()).as(query.shown()).isEqualTo(DbError.INSUFFICIENT_BINDING.code());
      return;
    }
    assertThat(false).as("not refused: " + query.shown()).isTrue();
  }

  private static Object run(
      Db db, RandomQuery query, List<Object> where, List<?> find, long since) {
    return Objects.requireNonNull(db.q(query.form(where, find), query.inputs(db, since)));
  }

  /// Aggregates of the last variable, for each value of the first.
  private static void checkAggregates(
      Db db, RandomQuery query, Set<List<Object>> expected, long since) {
    if (query.find().size() != 2) {
      return;
    }
    Symbol group = query.find().getFirst();
    Symbol value = query.find().getLast();
    for (String aggregate : ReferenceAggregates.of(value)) {
      List<Object> find = new ArrayList<>(List.of(group));
      find.add(Edn.read(aggregate.formatted(value)));
      assertThat(run(db, query, query.where(), find, since))
          .as(aggregate + " " + query.shown())
          .isEqualTo(ReferenceAggregates.rows(aggregate, expected));
    }
  }
}
