/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One entity of one database value, a map that is read as it is asked for: each attribute once.
/// Immutable to its users and thread-safe. Every id has an entity, though it may have no attribute.
///
/// ```java
/// Entity post = db.entity(List.of(":post/title", "First"));
/// Entity author = (Entity) post.get(":post/author").orElseThrow();
/// Object name = author.get(":user/name").orElse("nobody");
/// ```
///
/// Equal to the same id in any value of the same database: of another t, as-of, or made by `with`.
/// A database that this process left with its last connection and connects to again is another.
public interface Entity {
  long entityId();

  Db db();

  /// The value of an attribute (or reverse attribute `:ns/_name`): a value, an [Entity], the
  /// keyword of an entity with an ident, or a set of those for cardinality many and for reverse
  /// attributes; the reverse of a component attribute is the one entity that it belongs to. Empty
  /// when there is none; `:db.error/not-an-attribute` when there cannot be.
  Optional<Object> get(Object attribute);

  /// This entity, with all its attributes read, and those of its components, theirs, and so on:
  /// what [#toString()] shows.
  Entity touch();

  /// The attributes that the entity has, as texts with a colon; without `:db/id` and reverse ones.
  Set<String> keySet();

  @Override
  boolean equals(@Nullable Object other);

  @Override
  int hashCode();
}
