/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What can stand in a position of a clause.
public sealed interface Term {
  /// The variables among the terms, in their order.
  static Set<Variable> variables(List<Term> terms) {
    var found = new LinkedHashSet<Variable>();
    for (Term term : terms) {
      if (term instanceof Variable variable) {
        found.add(variable);
      }
    }
    return found;
  }

  /// `?name`: the same value wherever it stands in its scope. A query is one scope, and so is the
  /// body of a rule; what `not-join` and `or-join` hide is in scopes of its own.
  record Variable(String name, int scope) implements Term {
    /// A variable of the query itself.
    public Variable(String name) {
      this(name, 0);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// `_`: anything; two blanks never unify.
  record Blank() implements Term {
    public static final Blank BLANK = new Blank();

    @Override
    public String toString() {
      return "_";
    }
  }

  /// A value written into the query.
  record Constant(@Nullable Object value) implements Term {
    @Override
    public String toString() {
      return String.valueOf(value);
    }
  }

  /// `$` or `$name`, as an argument of a function.
  record Source(String name) implements Term {
    public static final String DEFAULT = "$";

    @Override
    public String toString() {
      return name;
    }
  }

  /// `%`, as an argument of a nested query.
  record RuleSet() implements Term {
    public static final RuleSet RULES = new RuleSet();

    @Override
    public String toString() {
      return "%";
    }
  }
}
