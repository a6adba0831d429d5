/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Rule;
import page.bits.db.internal.query.algebra.Rules;
import page.bits.db.internal.query.algebra.Term;

/// Which variables clauses bind, given that some are bound already.
///
/// Patterns bind all their variables, an expression binds its own once its arguments are bound;
/// predicates and `not` bind nothing. An `or` binds what it is joined by when each of its branches
/// does. A rule binds its head when each of its branches does; where a branch calls the rule again,
/// that call is taken to bind, since what it gives was found by another branch before. More bound
/// variables never bind fewer, so the order in which clauses run does not matter. Confined to one
/// thread.
public final class Modes {
  private record Mode(Rule rule, BitSet bound) {}

  private final Rules rules;
  private final Map<Mode, Boolean> modes = new HashMap<>();
  private boolean isSettling;

  public Modes(Rules rules) {
    this.rules = rules;
  }

  /// The variables that are bound after the clauses when `given` are bound before.
  public Set<Term.Variable> bound(List<Clause> clauses, Set<Term.Variable> given) {
    var bound = new LinkedHashSet<>(given);
    int before;
    do {
      before = bound.size();
      for (Clause clause : clauses) {
        if (binds(clause, bound)) {
          bound.addAll(clause.variables());
        }
      }
    } while (bound.size() > before);
    return bound;
  }

  private boolean binds(Clause clause, Set<Term.Variable> given) {
    return switch (clause) {
      case Clause.Pattern _ -> true;
      case Clause.Expression expression -> given.containsAll(expression.call().variables());
      case Clause.Or or -> binds(or, given);
      case Clause.RuleCall call ->
          rules.named(call.name()).map(rule -> binds(rule, positions(call, given))).orElse(false);
      case Clause.Predicate _, Clause.Not _ -> false;
    };
  }

  /// Whether every branch binds all variables that the `or` is joined by.
  public boolean binds(Clause.Or or, Set<Term.Variable> given) {
    Set<Term.Variable> inside = new LinkedHashSet<>(or.joins());
    inside.retainAll(given);
    return given.containsAll(or.required())
        && or.branches().stream().allMatch(branch -> bound(branch, inside).containsAll(or.joins()));
  }

  /// The arguments of a call that are bound before it.
  static BitSet positions(Clause.RuleCall call, Set<Term.Variable> given) {
    var bound = new BitSet();
    for (int i = 0; i < call.arguments().size(); i++) {
      Term argument = call.arguments().get(i);
      bound.set(
          i,
          argument instanceof Term.Constant
              || (argument instanceof Term.Variable variable && given.contains(variable)));
    }
    return bound;
  }

  /// Whether every branch of the rule binds its whole head when these positions of it are bound.
  public boolean binds(Rule rule, BitSet positions) {
    if (positions.nextClearBit(0) < rule.required()) {
      return false;
    }
    var mode = new Mode(rule, (BitSet) positions.clone());
    Boolean known = modes.get(mode);
    if (known != null) {
      return known;
    }
    modes.put(mode, true); // until it is disproved
    if (!isSettling) {
      settle();
    }
    return modes.getOrDefault(mode, false);
  }

  private void settle() {
    isSettling = true;
    int size;
    boolean isChanged;
    do {
      size = modes.size();
      isChanged = false;
      for (Mode mode : List.copyOf(modes.keySet())) {
        if (modes.getOrDefault(mode, false) && !holds(mode)) {
          modes.put(mode, false);
          isChanged = true;
        }
      }
    } while (isChanged || modes.size() > size);
    isSettling = false;
  }

  private boolean holds(Mode mode) {
    for (Rule.Branch branch : mode.rule.branches()) {
      Set<Term.Variable> given = new LinkedHashSet<>();
      mode.bound.stream().forEach(i -> given.add(branch.head().get(i)));
      if (!bound(branch.body(), given).containsAll(branch.head())) {
        return false;
      }
    }
    return true;
  }
}
