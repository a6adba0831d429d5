/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.List;
import java.util.Optional;

/// What a query gives back: its elements, and the shape around them.
public record Find(Shape shape, List<Element> elements, Optional<Keys> keys) {
  public Find {
    elements = List.copyOf(elements);
  }

  public boolean hasAggregate() {
    return elements.stream().anyMatch(Element.Aggregated.class::isInstance);
  }

  public boolean hasPull() {
    return elements.stream().anyMatch(Element.Pull.class::isInstance);
  }

  public enum Shape {
    /// `:find ?a ?b`: a set of rows.
    RELATION,
    /// `:find [?a ...]`: a list of values.
    COLLECTION,
    /// `:find [?a ?b]`: one row.
    TUPLE,
    /// `:find ?a .`: one value.
    SCALAR
  }

  /// The names of `:keys`, `:strs` or `:syms`: keywords, strings or symbols, and their plain texts.
  public record Keys(List<Object> keys, List<String> names) {
    public Keys {
      keys = List.copyOf(keys);
      names = List.copyOf(names);
    }
  }

  /// One column of the result.
  public sealed interface Element {
    Term.Variable variable();

    record Value(Term.Variable variable) implements Element {}

    /// `(pull $src? ?e pattern)`; the pattern is a form, or the name of an input.
    record Pull(Term.Variable variable, String source, PatternRef pattern) implements Element {}

    /// `(count ?x)`, `(max 3 ?x)`: one value for each group of rows that agree in the other
    /// columns.
    record Aggregated(Term.Variable variable, Aggregate function, List<Term> arguments)
        implements Element {}
  }

  /// Where a pull's pattern comes from.
  public sealed interface PatternRef {
    record Literal(Object form) implements PatternRef {}

    record Named(String name) implements PatternRef {}
  }
}
