/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

import java.util.List;

/// What the values of an attribute of tuples are made of. Immutable.
///
/// A tuple has 2 to 8 slots; nil may stand in each and sorts before everything else.
public sealed interface Tuple {
  int SLOTS_MIN = 2;
  int SLOTS_MAX = 8;

  /// Chars that a text inside a tuple has at most.
  int TEXT_LENGTH_MAX = 256;

  /// The attribute is not one of tuples.
  record None() implements Tuple {}

  /// The values of other attributes of the same entity, kept by Bits and never written. A
  /// discontinued one is no longer kept: what there is stays until it is retracted.
  record Composite(List<Long> attributes, List<ValueType> types, boolean isDiscontinued)
      implements Tuple {
    public Composite {
      attributes = List.copyOf(attributes);
      types = List.copyOf(types);
    }
  }

  /// A type for each slot.
  record Heterogeneous(List<ValueType> types) implements Tuple {
    public Heterogeneous {
      types = List.copyOf(types);
    }
  }

  /// One type for all slots, of which there are 2 to 8.
  record Homogeneous(ValueType type) implements Tuple {}

  /// The type of a slot, from 0.
  default ValueType type(int slot) {
    return switch (this) {
      case Composite composite -> composite.types().get(slot);
      case Heterogeneous heterogeneous -> heterogeneous.types().get(slot);
      case Homogeneous homogeneous -> homogeneous.type();
      case None _ -> throw new IllegalStateException("not an attribute of tuples");
    };
  }

  /// The largest number of slots.
  default int slots() {
    return switch (this) {
      case Composite composite -> composite.types().size();
      case Heterogeneous heterogeneous -> heterogeneous.types().size();
      case Homogeneous _ -> SLOTS_MAX;
      case None _ -> 0;
    };
  }

  /// Whether a value can have that many slots.
  default boolean accepts(int size) {
    return this instanceof Homogeneous
        ? size >= SLOTS_MIN && size <= SLOTS_MAX
        : size > 0 && size == slots();
  }
}
