/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A parsed query: the algebra that everything after the parser works on. Immutable.
public record Query(
    Find find,
    List<Term.Variable> with,
    List<Input> inputs,
    List<Clause> where,
    Optional<Duration> timeout) {
  public Query {
    with = List.copyOf(with);
    inputs = List.copyOf(inputs);
    where = List.copyOf(where);
  }

  /// The place of `$` in `:in`, or -1.
  public int receiverIndex() {
    return inputs.indexOf(new Input.SourceName(Term.Source.DEFAULT));
  }

  /// Whether rules are an input.
  public boolean hasRules() {
    return inputs.contains(new Input.RuleSet());
  }
}
