/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Index;
import page.bits.db.internal.Seed;
import page.bits.db.internal.index.SourceDb;
import page.bits.db.internal.query.RandomQueries.Case;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;

/// Random queries against the obvious evaluator, in any order of their clauses.
final class QueryPropertyTest {
  private static final int DATABASES = 60;
  private static final int QUERIES = 60;

  private int answered;
  private int nonEmpty;

  @Test
  void query_random_answersLikeTheReference() {
    Random random = Seed.random("QueryPropertyTest");
    var queries = new RandomQueries(random);
    for (int i = 0; i < DATABASES; i++) {
      Db whole = queries.db(2 + random.nextInt(14));
      compare(queries, random.nextInt(4) == 0 ? whole.asOf(whole.basisT() - 1) : whole, QUERIES);
    }
    assertThat(answered).isGreaterThan(DATABASES * QUERIES * 3 / 4);
    assertThat(nonEmpty).isGreaterThan(DATABASES * QUERIES / 8);
  }

  @Test
  void query_onManyRows_answersLikeTheReference() {
    Random random = Seed.random("QueryPropertyTest.manyRows");
    var queries = new RandomQueries(random);
    Db db = queries.db(700);
    String[] shapes = {
      "[[?e0 :r/plain ?n0] [?e0 :r/key ?s0]]",
      "[[?e0 :r/plain ?n0] [?e0 :r/ref ?e1] [?e1 :r/text ?s0]]",
      "[[?e0 :r/ref ?e1] [?e1 :r/ref ?e0]]",
      "[[?e0 :r/plain 3] [?e0 :r/indexed ?n0] (not [?e0 :r/text \"s1\"])]",
      "[[?e0 :r/indexed ?n0] [(< ?n0 2)] [?e1 :r/ref ?e0]]",
      "[[?e0 :r/text \"s1\"] [?e0 :r/tags ?s0] [?e0 ?a0 ?s0]]"
    };
    for (String where : shapes) {
      List<Object> clauses = form(where);
      List<Symbol> find = List.of(Symbol.of("?e0"));
      check(db, queries, reference(db), new Case(find, clauses, List.of(), List.of()));
    }
    assertThat(nonEmpty).isGreaterThan(3);
  }

  @SuppressWarnings("unchecked") // a vector of clauses
  private static List<Object> form(String text) {
    return (List<Object>) Objects.requireNonNull(page.bits.edn.Edn.read(text));
  }

  private void compare(RandomQueries queries, Db db, int count) {
    ReferenceQuery reference = reference(db);
    List<Long> entities =
        datoms(db).stream()
            .map(Datom::e)
            .filter(e -> page.bits.db.Partition.of(e) == page.bits.db.Partition.USER)
            .distinct()
            .toList();
    List<Long> some = entities.isEmpty() ? List.of(1L) : entities;
    int end = answered + count;
    for (int i = 0; i < 10 * count && answered < end; i++) {
      check(db, queries, reference, queries.query(some));
    }
  }

  private static ReferenceQuery reference(Db db) {
    var idents = new HashMap<Keyword, Long>();
    ((SourceDb) db)
        .source()
        .schema()
        .attributes()
        .forEach(attribute -> idents.put(attribute.ident(), attribute.id()));
    return new ReferenceQuery(datoms(db), idents);
  }

  private static List<Datom> datoms(Db db) {
    return StreamSupport.stream(db.datoms(Index.EAVT).spliterator(), false).toList();
  }

  private void check(Db db, RandomQueries queries, ReferenceQuery reference, Case query) {
    Set<List<Object>> expected;
    try {
      expected = reference.rows(query.find(), query.where(), query.given());
      answered++;
      nonEmpty += expected.isEmpty() ? 0 : 1;
    } catch (ReferenceQuery.Unbound unbound) {
      assertThatUnbound(db, query);
      return;
    } catch (ReferenceQuery.TooMany tooMany) {
      return;
    }
    List<Object> find = List.copyOf(query.find());
    assertThat(run(db, query, query.where(), find)).as(query.shown()).isEqualTo(expected);
    assertThat(run(db, query, queries.shuffled(query.where()), find))
        .as("shuffled " + query.shown())
        .isEqualTo(expected);
    checkAggregates(db, query, expected);
  }

  private static void assertThatUnbound(Db db, Case query) {
    try {
      run(db, query, query.where(), List.copyOf(query.find()));
    } catch (BitsException refused) {
      assertThat(refused.code()).as(query.shown()).isEqualTo(DbError.INSUFFICIENT_BINDING.code());
      return;
    }
    assertThat(false).as("not refused: " + query.shown()).isTrue();
  }

  private static Object run(Db db, Case query, List<Object> where, List<Object> find) {
    Map<Keyword, Object> form = query.form(where, find);
    return Objects.requireNonNull(db.q(form, query.inputs()));
  }

  /// Counts the last variable for each value of the first.
  private static void checkAggregates(Db db, Case query, Set<List<Object>> expected) {
    if (query.find().size() != 2) {
      return;
    }
    Symbol group = query.find().getFirst();
    List<Object> find = new ArrayList<>(List.of(group));
    find.addAll(RandomQueries.aggregate("count", query.find().getLast()));
    Map<Object, Long> counted =
        expected.stream().collect(Collectors.groupingBy(List::getFirst, Collectors.counting()));
    Set<List<Object>> rows =
        counted.entrySet().stream()
            .map(entry -> List.<Object>of(entry.getKey(), entry.getValue()))
            .collect(Collectors.toSet());
    assertThat(run(db, query, query.where(), find)).as("count " + query.shown()).isEqualTo(rows);
  }
}
