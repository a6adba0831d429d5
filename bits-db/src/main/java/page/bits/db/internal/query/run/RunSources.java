/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Rules;
import page.bits.db.internal.query.algebra.Term;

/// What the clauses of one run read: sources by name, and rules. Immutable.
public record RunSources(Map<String, DataSource> byName, Rules rules, Nested nested) {
  /// Runs a query in a query.
  @FunctionalInterface
  public interface Nested {
    /// The result of the query that is the first argument, with the others as its inputs.
    @Nullable Object run(@Nullable Object[] arguments);
  }

  public RunSources {
    byName = Map.copyOf(byName);
  }

  /// What the body of a rule sees that is called on this source.
  RunSources onlyDefault(DataSource source) {
    return new RunSources(Map.of(Term.Source.DEFAULT, source), rules, nested);
  }

  /// The source that a rule is called on.
  DataSource ofCall(Clause.RuleCall call) {
    DataSource found = byName.get(call.source());
    return found == null ? new DataSource.Missing() : found;
  }

  public DataSource named(String name, @Nullable Object form) {
    DataSource found = byName.get(name);
    if (found == null) {
      throw QueryErrors.unknownSource(name, form);
    }
    return found;
  }
}
