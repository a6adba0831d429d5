/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One condition of a `:where`. `form` is the clause as it was written, for errors.
public sealed interface Clause {
  Object form();

  /// The variables by which the clause is joined with others.
  Set<Term.Variable> variables();

  /// `[$src? e a v tx op]`: facts of a database, or rows of a collection by position.
  record Pattern(Object form, String source, List<Term> terms) implements Clause {
    public Pattern {
      terms = List.copyOf(terms);
    }

    @Override
    public Set<Term.Variable> variables() {
      return Term.variables(terms);
    }
  }

  /// `[(pred ?x)]`: keeps the rows for which the call is neither false nor nil.
  record Predicate(Object form, Call call) implements Clause {
    @Override
    public Set<Term.Variable> variables() {
      return call.variables();
    }
  }

  /// `[(f ?x) ?y]`: binds what the call gives; a nil drops the row.
  record Expression(Object form, Call call, Binding binding) implements Clause {
    @Override
    public Set<Term.Variable> variables() {
      var found = new LinkedHashSet<>(call.variables());
      found.addAll(binding.variables());
      return found;
    }
  }

  /// `(not …)` or `(not-join [?v …] …)`: drops the rows for which the body holds. `isListed` says
  /// whether `joins` was written (`not-join`); without, every variable of the body joins.
  record Not(Object form, boolean isListed, Set<Term.Variable> joins, List<Clause> body)
      implements Clause {
    public Not {
      body = List.copyOf(body);
    }

    @Override
    public Set<Term.Variable> variables() {
      return joins;
    }
  }

  /// `(or …)` or `(or-join [[?required …] ?v …] …)`: the rows for which one of the branches holds.
  /// `isListed` says whether `joins` was written (`or-join`); without, they are the variables of
  /// the branches, which all have the same.
  record Or(
      Object form,
      boolean isListed,
      Set<Term.Variable> required,
      Set<Term.Variable> joins,
      List<List<Clause>> branches)
      implements Clause {
    public Or {
      branches = branches.stream().map(List::copyOf).toList();
    }

    @Override
    public Set<Term.Variable> variables() {
      return joins;
    }
  }

  /// `($src? name ?x …)`: the rows of a rule, on a source.
  record RuleCall(Object form, String source, String name, List<Term> arguments) implements Clause {
    public RuleCall {
      arguments = List.copyOf(arguments);
    }

    @Override
    public Set<Term.Variable> variables() {
      return Term.variables(arguments);
    }
  }
}
