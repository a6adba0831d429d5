/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.bits.db.internal.query.algebra.Term;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// What a query did: its clauses in the order in which they ran. Confined to one run.
public final class Trace {
  private final List<Map<Keyword, Object>> clauses = new ArrayList<>();

  void ran(
      Step step,
      double cost,
      double rowsIn,
      double rowsOut,
      Set<Term.Variable> bindsIn,
      Set<Term.Variable> bindsOut) {
    var clause = new LinkedHashMap<Keyword, Object>();
    clause.put(Keyword.of("clause"), step.form());
    clause.put(Keyword.of("cost"), Math.round(cost));
    clause.put(Keyword.of("rows-in"), Math.round(rowsIn));
    clause.put(Keyword.of("rows-out"), Math.round(rowsOut));
    clause.put(Keyword.of("binds-in"), symbols(bindsIn));
    clause.put(Keyword.of("binds-out"), symbols(bindsOut));
    clauses.add(clause);
  }

  private static List<Symbol> symbols(Set<Term.Variable> variables) {
    return variables.stream().map(Term.Variable::name).sorted().map(Symbol::of).toList();
  }

  /// The statistics in Datomic's shape; there is one phase, as the order is found while running.
  public Map<Keyword, Object> stats(Object query) {
    List<Object> order = new ArrayList<>();
    clauses.forEach(clause -> order.add(clause.get(Keyword.of("clause"))));
    var stats = new LinkedHashMap<Keyword, Object>();
    stats.put(Keyword.of("query"), query instanceof String text ? Edn.read(text) : query);
    stats.put(
        Keyword.of("phases"),
        List.of(Map.of(Keyword.of("sched"), order, Keyword.of("clauses"), List.copyOf(clauses))));
    return stats;
  }
}
