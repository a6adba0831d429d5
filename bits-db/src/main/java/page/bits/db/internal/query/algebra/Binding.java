/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How a value is taken apart into variables: by an input, or by the result of a function.
public sealed interface Binding {
  /// `_`: the value is not looked at.
  record Ignore() implements Binding {}

  /// `?x`: the value itself.
  record Scalar(Term.Variable variable) implements Binding {}

  /// `[?a ?b]`: the elements of one list, by position.
  record Tuple(List<Binding> elements) implements Binding {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /// `[?a ...]` or `[[?a ?b]]`: every element of a collection.
  record Each(Binding element) implements Binding {}

  /// The variables, in the order of writing.
  default Set<Term.Variable> variables() {
    var found = new LinkedHashSet<Term.Variable>();
    collect(found);
    return found;
  }

  private void collect(Set<Term.Variable> found) {
    switch (this) {
      case Ignore _ -> {}
      case Scalar scalar -> found.add(scalar.variable());
      case Tuple tuple -> tuple.elements().forEach(element -> element.collect(found));
      case Each each -> each.element().collect(found);
    }
  }
}
