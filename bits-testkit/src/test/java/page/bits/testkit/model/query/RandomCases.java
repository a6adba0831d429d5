/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import page.bits.edn.Symbol;

/// Random queries on one random database. Most grow clause by clause: a clause with which the
/// reference finds nothing, or far too much, is left out and another is tried.
final class RandomCases {
  private static final int ROWS_MAX = 150;
  private static final int TRIES = 4;

  private final Random random;
  private final RandomQueries queries;
  private final List<List<?>> transactions;
  private final RandomDb made;

  RandomCases(Random random, int entities) {
    this.random = random;
    transactions = RandomDb.transactions(random, entities);
    made = RandomDb.of(transactions);
    queries = new RandomQueries(random, made.entities());
  }

  QueryCase next() {
    QueryCase blind =
        new QueryCase(transactions, random.nextInt(4) / 3, random.nextInt(3), queries.query());
    return random.nextInt(8) == 0 ? blind : grown(blind);
  }

  /// The query's inputs and rules, with other clauses.
  private QueryCase grown(QueryCase blind) {
    List<Object> where = new ArrayList<>();
    for (Supplier<Object> clause : queries.plan()) {
      boolean mayBeEmpty = random.nextInt(30) == 0;
      for (int i = 0; i < TRIES; i++) {
        var more = new ArrayList<>(where);
        more.add(clause.get());
        if (isGood(blind, more, mayBeEmpty)) {
          where = more;
          break;
        }
      }
    }
    List<Object> clauses = queries.shuffled(where);
    return blind.with(blind.query().with(queries.find(clauses), clauses));
  }

  private boolean isGood(QueryCase blind, List<Object> where, boolean mayBeEmpty) {
    QueryCase.Subject subject = blind.with(blind.query().with(List.of(), where)).on(made);
    List<Map<Symbol, Object>> given = subject.query().given();
    try {
      Set<List<Object>> rows = subject.reference().rows(RandomQueries.shown(where), where, given);
      return rows.size() <= ROWS_MAX && (mayBeEmpty || !rows.isEmpty());
    } catch (ReferenceQuery.Unbound | ReferenceQuery.TooMany refused) {
      return false;
    }
  }
}
