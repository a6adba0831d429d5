/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One entity of one database value, read as it is asked for. Immutable.
///
/// Equal to the same id in any value of the same database: of another t, as-of, or made by `with`.
/// A database that this process left with its last connection and connects to again is another.
public interface Entity {
  long entityId();

  Db db();

  /// The value of an attribute (or reverse attribute `:ns/_name`): a value, an [Entity], the
  /// keyword of an entity with an ident, or a set of those for cardinality many.
  Optional<Object> get(Object attribute);

  /// The attributes that the entity has, as texts with a colon.
  Set<String> keySet();

  @Override
  boolean equals(@Nullable Object other);

  @Override
  int hashCode();
}
