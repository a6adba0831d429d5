/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Input;
import page.bits.db.internal.query.algebra.Query;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Rule;
import page.bits.db.internal.query.algebra.Rules;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.schema.NearNames;
import page.bits.edn.Keyword;

/// Proves, before anything is read, that every variable that has to be bound can be bound, in
/// whatever order the clauses are run, and that every rule that is called is there. Confined to one
/// thread.
public final class BindingCheck {
  private final Rules rules;
  private final Modes modes;
  private final Set<String> checked = new HashSet<>();

  /// The rule whose body is being checked; null in the query itself.
  private @Nullable String rule;

  private BindingCheck(Rules rules) {
    this.rules = rules;
    this.modes = new Modes(rules);
  }

  /// Checks a query with the rules that it gets.
  public static void check(Query query, Rules rules) {
    var check = new BindingCheck(rules);
    var given = new LinkedHashSet<Term.Variable>();
    for (Input input : query.inputs()) {
      if (input instanceof Input.Values values) {
        given.addAll(values.binding().variables());
      }
    }
    Set<Term.Variable> bound = check.modes.bound(query.where(), given);
    check.requireBound(query.where(), bound);
    var wanted = new LinkedHashSet<Term.Variable>(query.with());
    query.find().elements().forEach(element -> wanted.add(element.variable()));
    check.requireAll(wanted, bound, Keyword.of("find"));
  }

  private void requireBound(List<Clause> clauses, Set<Term.Variable> bound) {
    for (Clause clause : clauses) {
      switch (clause) {
        case Clause.Pattern _ -> {}
        case Clause.Predicate predicate ->
            requireAll(predicate.call().variables(), bound, predicate.form());
        case Clause.Expression expression ->
            requireAll(expression.call().variables(), bound, expression.form());
        case Clause.Not not -> requireNot(not, bound);
        case Clause.Or or -> {
          requireAll(or.joins(), bound, or.form());
          for (List<Clause> branch : or.branches()) {
            requireBound(branch, modes.bound(branch, or.joins()));
          }
        }
        case Clause.RuleCall call -> requireRule(call, bound);
      }
    }
  }

  private void requireNot(Clause.Not not, Set<Term.Variable> bound) {
    if (not.isListed()) {
      requireAll(not.joins(), bound, not.form());
    }
    Set<Term.Variable> shared = shared(not, bound);
    if (shared.isEmpty()) {
      throw QueryErrors.notWithoutJoin(not.form());
    }
    requireBound(not.body(), modes.bound(not.body(), shared));
  }

  private void requireRule(Clause.RuleCall call, Set<Term.Variable> bound) {
    Rule called =
        rules
            .named(call.name())
            .orElseThrow(() -> QueryErrors.unknownRule(call.name(), near(call), call.form()));
    if (called.arity() != call.arguments().size()) {
      throw QueryErrors.ruleArity(
          call.name(), called.arity(), call.arguments().size(), call.form());
    }
    if (Modes.positions(call, bound).nextClearBit(0) < called.required()) {
      throw QueryErrors.ruleRequires(call.name(), called.required(), call.form());
    }
    requireBody(called);
    requireAll(call.variables(), bound, call.form());
  }

  private List<String> near(Clause.RuleCall call) {
    var known = new HashSet<>(rules.byName().keySet());
    known.addAll(Forms.CLAUSE_NAMES);
    return NearNames.of(call.name(), known);
  }

  private void requireBody(Rule called) {
    if (!checked.add(called.name())) {
      return;
    }
    String outer = rule;
    rule = called.name();
    for (Rule.Branch branch : called.branches()) {
      Set<Term.Variable> head = Set.copyOf(branch.head());
      requireBound(branch.body(), modes.bound(branch.body(), head));
    }
    rule = outer;
  }

  /// The variables of a `not` that the clauses around it bind: those that it is joined by.
  public static Set<Term.Variable> shared(Clause.Not not, Set<Term.Variable> bound) {
    var shared = new LinkedHashSet<>(not.joins());
    shared.retainAll(bound);
    return shared;
  }

  private void requireAll(Set<Term.Variable> wanted, Set<Term.Variable> bound, Object form) {
    var missing = new LinkedHashSet<>(wanted);
    missing.removeAll(bound);
    if (!missing.isEmpty()) {
      throw QueryErrors.unbound(missing, form, rule);
    }
  }
}
