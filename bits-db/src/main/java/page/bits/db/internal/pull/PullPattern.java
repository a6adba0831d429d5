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
        @Nullable Object key,
        Limit limit,
        Optional<Default> otherwise,
        Nested nested)
        implements Spec {

      Named as(@Nullable Object otherKey) {
        return new Named(attribute, isReverse, otherKey, limit, otherwise, nested);
      }

      Named limitedTo(Limit otherLimit) {
        return new Named(attribute, isReverse, key, otherLimit, otherwise, nested);
      }

      Named otherwise(Default value) {
        return new Named(attribute, isReverse, key, limit, Optional.of(value), nested);
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

  /// What stands for a missing value; may be nil or false.
  record Default(@Nullable Object value) {}

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
