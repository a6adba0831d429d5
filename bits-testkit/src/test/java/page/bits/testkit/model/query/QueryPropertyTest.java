/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.DbError;
import page.bits.edn.Edn;
import page.bits.edn.Symbol;
import page.bits.error.BitsException;
import page.bits.testkit.Property;
import page.bits.testkit.Seed;
import page.bits.testkit.model.query.QueryCase.Subject;

/// Random queries against the obvious evaluator, in any order of their clauses. Most grow clause by
/// clause while they have rows; one in eight is written blindly, and most of those are refused or
/// find nothing.
///
/// `-Dtest.queries=N` goes on until N were answered by both. A case that fails is made smaller.
final class QueryPropertyTest {
  private static final int ANSWERED = Integer.getInteger("test.queries", 500);
  private static final int QUERIES = 20;

  private int asked;
  private int answered;
  private int nonEmpty;
  private int refused;
  private int tooLarge;

  @Test
  @Row({"Q-11", "Q-12", "Q-20", "Q-21", "Q-22", "Q-23", "Q-24", "Q-25", "Q-26", "Q-29", "Q-37"})
  void query_random_answersLikeTheReference() {
    long seed = Seed.of("QueryPropertyTest");
    Random random = new Random(seed);
    var property = new Property("QueryPropertyTest", seed, edn -> check(QueryCase.of(edn)));
    int databases = 0;
    for (; answered < ANSWERED; databases++) {
      var cases = new RandomCases(random, 2 + random.nextInt(10));
      for (int i = 0; i < QUERIES; i++) {
        property.check(cases.next().toEdn());
      }
    }
    assertThat(answered).isGreaterThan(asked * 3 / 4);
    assertThat(nonEmpty).isGreaterThan(asked / 2);
    assertThat(refused).isPositive();
    Seed.counted(
        "queries",
        "%d queries on %d databases: %d answered by both, %d of them with rows; %d refused by both, %d too large for the reference"
            .formatted(asked, databases, answered, nonEmpty, refused, tooLarge));
  }

  @Test
  @Row({"Q-11", "Q-12"})
  void query_onManyRows_answersLikeTheReference() {
    Random random = Seed.random("QueryPropertyTest.manyRows");
    List<List<?>> transactions = RandomDb.transactions(random, 500);
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
              List.of(Symbol.of("?e0")),
              List.copyOf(RandomDb.forms(where)),
              List.of(),
              List.of(),
              List.of(),
              List.of());
      check(new QueryCase(transactions, 0, 0, query));
    }
    assertThat(nonEmpty).isGreaterThan(3);
  }

  private void check(QueryCase asCase) {
    asked++;
    Subject subject = asCase.on(RandomDb.of(asCase.transactions()));
    RandomQuery query = subject.query();
    Set<List<Object>> expected;
    try {
      expected = subject.reference().rows(query.find(), query.where(), query.given());
    } catch (ReferenceQuery.Unbound unbound) {
      refused++;
      var refusal =
          catchThrowableOfType(BitsException.class, () -> subject.run(query.where(), query.find()));
      assertThat(refusal).as("refusal").isNotNull();
      assertThat(refusal.code()).isEqualTo(DbError.INSUFFICIENT_BINDING.code());
      return;
    } catch (ReferenceQuery.TooMany tooMany) {
      tooLarge++;
      return;
    }
    answered++;
    nonEmpty += expected.isEmpty() ? 0 : 1;
    assertThat(subject.run(query.where(), query.find())).isEqualTo(expected);
    checkOrders(subject, expected);
    checkAggregates(subject, expected);
  }

  private static void checkOrders(Subject subject, Set<List<Object>> expected) {
    List<Object> where = new ArrayList<>(subject.query().where());
    for (int order = 0; order < 2; order++) {
      Collections.shuffle(where, new Random(order));
      assertThat(subject.run(where, subject.query().find()))
          .as("in the order " + Edn.print(where))
          .isEqualTo(expected);
    }
  }

  /// Aggregates of the last variable, for each value of the first.
  private static void checkAggregates(Subject subject, Set<List<Object>> expected) {
    RandomQuery query = subject.query();
    if (query.find().size() != 2) {
      return;
    }
    Symbol group = query.find().getFirst();
    Symbol value = query.find().getLast();
    for (String aggregate : ReferenceAggregates.of(value)) {
      List<Object> find = new ArrayList<>(List.of(group));
      find.add(Edn.read(aggregate.formatted(value)));
      assertThat(subject.run(query.where(), find))
          .as(aggregate)
          .isEqualTo(ReferenceAggregates.rows(aggregate, expected));
    }
  }
}
