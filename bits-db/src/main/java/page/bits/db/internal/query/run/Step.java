/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Nil;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Matcher;
import page.bits.db.internal.schema.Attribute;

/// A clause that has met its sources and their schema: what an execution runs.
sealed interface Step {
  /// The clause as it was written.
  Object form();

  /// The variables that the step joins on or binds.
  Set<Term.Variable> variables();

  /// Reads datoms. Constants are entity ids and values of the attribute's type; `attribute` is
  /// there when the attribute is a constant. `terms` are always five.
  record ReadDatoms(
      Clause.Pattern clause,
      DatomSource source,
      List<Term> terms,
      Optional<Attribute> attribute,
      Matcher matcher)
      implements Step {
    static final int E = 0;
    static final int A = 1;
    static final int V = 2;
    static final int TX = 3;

    @Override
    public Object form() {
      return clause.form();
    }

    @Override
    public Set<Term.Variable> variables() {
      return Term.variables(terms);
    }
  }

  /// Reads the rows of a collection.
  record ReadRows(Clause.Pattern clause, List<Object[]> rows, Matcher matcher) implements Step {
    @Override
    public Object form() {
      return clause.form();
    }

    @Override
    public Set<Term.Variable> variables() {
      return clause.variables();
    }
  }

  /// Keeps rows.
  record Filter(Clause.Predicate clause, Caller caller) implements Step {
    @Override
    public Object form() {
      return clause.form();
    }

    @Override
    public Set<Term.Variable> variables() {
      return clause.variables();
    }
  }

  /// Adds columns.
  record Compute(Clause.Expression clause, Caller caller, Unpacker unpacker) implements Step {
    @Override
    public Object form() {
      return clause.form();
    }

    @Override
    public Set<Term.Variable> variables() {
      return clause.variables();
    }

    Set<Term.Variable> arguments() {
      return clause.call().variables();
    }
  }

  /// Drops the rows for which the body holds; `shared` joins it with the clauses around it.
  record Exclude(Clause.Not clause, Set<Term.Variable> shared, List<Step> body) implements Step {
    public Exclude {
      body = List.copyOf(body);
    }

    @Override
    public Object form() {
      return clause.form();
    }

    @Override
    public Set<Term.Variable> variables() {
      return new LinkedHashSet<>(shared);
    }
  }

  /// Adds the rows of a rule, or of an `or`, which is a rule without a name. Constants are as the
  /// rule's patterns can find them.
  record Invoke(Clause clause, CompiledRule rule, List<Term> arguments, Matcher matcher)
      implements Step {
    @Override
    public Object form() {
      return clause.form();
    }

    @Override
    public Set<Term.Variable> variables() {
      return Term.variables(arguments);
    }

    Object constant(int position) {
      return arguments.get(position) instanceof Term.Constant constant
          ? Nil.inRow(constant.value())
          : Nil.NIL;
    }

    /// The positions that are bound when these variables are.
    BitSet bound(Set<Term.Variable> variables) {
      var bound = new BitSet();
      for (int i = 0; i < arguments.size(); i++) {
        Term argument = arguments.get(i);
        bound.set(
            i,
            argument instanceof Term.Constant
                || (argument instanceof Term.Variable variable && variables.contains(variable)));
      }
      return bound;
    }
  }
}
