/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;

/// A parsed pull pattern; it knows no schema yet. Immutable.
record PullPattern(List<Spec> specs) {
  /// `*` alone: how components and whole entities are pulled.
  static final PullPattern ALL = new PullPattern(List.of(new Spec.Wildcard()));

  PullPattern {
    specs = List.copyOf(specs);
  }

  /// Whether the pattern asks for `:db/id`, by name or by `*`.
  boolean hasId() {
    return specs.stream()
        .anyMatch(
            spec ->
                switch (spec) {
                  case Spec.Wildcard _ -> true;
                  case Spec.Named named -> named.attribute().equals(Puller.ID);
                });
  }

  /// The attributes, forwards, that the pattern names itself, so that `*` leaves them to it.
  Set<Keyword> named() {
    var named = new HashSet<Keyword>();
    for (Spec spec : specs) {
      if (spec instanceof Spec.Named attribute && !attribute.isReverse()) {
        named.add(attribute.attribute());
      }
    }
    return named;
  }

  sealed interface Spec {
    /// `*`: every attribute that the entity has, and `:db/id`.
    record Wildcard() implements Spec {}

    /// One attribute. `attribute` is always forwards; `key` is what the value stands under.
    record Named(
        Keyword attribute,
        boolean isReverse,
        Object key,
        Limit limit,
        Optional<Default> otherwise,
        Optional<Xform> xform,
        Nested nested)
        implements Spec {

      Named as(Object otherKey) {
        return new Named(attribute, isReverse, otherKey, limit, otherwise, xform, nested);
      }

      Named limitedTo(Limit otherLimit) {
        return new Named(attribute, isReverse, key, otherLimit, otherwise, xform, nested);
      }

      Named otherwise(Default value) {
        return new Named(attribute, isReverse, key, limit, Optional.of(value), xform, nested);
      }

      Named through(Xform function) {
        return new Named(
            attribute, isReverse, key, limit, otherwise, Optional.of(function), nested);
      }
    }
  }

  /// How many values at most; null is all.
  record Limit(@Nullable Integer max) {
    static final Limit DEFAULT = new Limit(1_000);

    int orAll() {
      return max == null ? Integer.MAX_VALUE : max;
    }
  }

  /// What stands for a missing value; may be false.
  record Default(Object value) {}

  /// What is pulled of the entities behind a reference.
  sealed interface Nested {
    /// Nothing said: the id, or the whole of a component.
    record Plain() implements Nested {}

    record Sub(PullPattern pattern) implements Nested {}

    /// The pattern that the spec stands in, again, so many levels deep.
    record Recursion(int depth) implements Nested {
      static final int UNLIMITED = Integer.MAX_VALUE;
    }
  }
}
