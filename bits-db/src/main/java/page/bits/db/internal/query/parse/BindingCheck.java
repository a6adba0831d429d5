/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Input;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.edn.Keyword;

/// Proves, before anything is read, that every variable that has to be bound can be bound, in
/// whatever order the clauses are run.
///
/// Patterns and inputs bind all their variables, an expression binds its own once its arguments are
/// bound; predicates and `not` bind nothing.
public final class BindingCheck {
  private BindingCheck() {}

  public static void check(Query query) {
    var given = new LinkedHashSet<Term.Variable>();
    for (Input input : query.inputs()) {
      if (input instanceof Input.Values values) {
        given.addAll(values.binding().variables());
      }
    }
    Set<Term.Variable> bound = bound(query.where(), given);
    requireBound(query.where(), bound);
    var wanted = new LinkedHashSet<Term.Variable>(query.with());
    query.find().elements().forEach(element -> wanted.add(element.variable()));
    wanted.removeAll(bound);
    if (!wanted.isEmpty()) {
      throw QueryErrors.unbound(wanted, Keyword.of("find"));
    }
  }

  /// The variables that the clauses bind when `given` are bound already.
  public static Set<Term.Variable> bound(List<Clause> clauses, Set<Term.Variable> given) {
    var bound = new LinkedHashSet<>(given);
    int before;
    do {
      before = bound.size();
      for (Clause clause : clauses) {
        switch (clause) {
          case Clause.Pattern pattern -> bound.addAll(pattern.variables());
          case Clause.Expression expression -> {
            if (bound.containsAll(expression.call().variables())) {
              bound.addAll(expression.binding().variables());
            }
          }
          case Clause.Predicate _, Clause.Not _ -> {}
        }
      }
    } while (bound.size() > before);
    return bound;
  }

  private static void requireBound(List<Clause> clauses, Set<Term.Variable> bound) {
    for (Clause clause : clauses) {
      switch (clause) {
        case Clause.Pattern _ -> {}
        case Clause.Predicate predicate ->
            requireAll(predicate.call().variables(), bound, predicate.form());
        case Clause.Expression expression ->
            requireAll(expression.call().variables(), bound, expression.form());
        case Clause.Not not -> requireNot(not, bound);
      }
    }
  }

  private static void requireNot(Clause.Not not, Set<Term.Variable> bound) {
    if (not.isListed()) {
      requireAll(not.joins(), bound, not.form());
    }
    Set<Term.Variable> shared = shared(not, bound);
    if (shared.isEmpty()) {
      throw QueryErrors.notWithoutJoin(not.form());
    }
    requireBound(not.body(), bound(not.body(), shared));
  }

  /// The variables of a `not` that the clauses around it bind: those that it is joined by.
  public static Set<Term.Variable> shared(Clause.Not not, Set<Term.Variable> bound) {
    var shared = new LinkedHashSet<>(not.joins());
    shared.retainAll(bound);
    return shared;
  }

  private static void requireAll(Set<Term.Variable> wanted, Set<Term.Variable> bound, Object form) {
    var missing = new LinkedHashSet<>(wanted);
    missing.removeAll(bound);
    if (!missing.isEmpty()) {
      throw QueryErrors.unbound(missing, form);
    }
  }
}
