/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;

/// What a pull found of one entity: a map by keyword, in the order of the pattern. Immutable.
///
/// Nested entities are `Pulled`, cardinality-many values lists. Keys are keywords unless the
/// pattern's `:as` says otherwise. The typed readers take an attribute as text with a colon; they
/// are empty when the key is absent and an error (`:db.error/result-shape`) when the value has
/// another type.
public interface Pulled extends Map<Object, @Nullable Object> {
  Optional<String> string(String attribute);

  Optional<Long> integer(String attribute);

  Optional<Boolean> bool(String attribute);

  Optional<Instant> instant(String attribute);

  Optional<Keyword> keyword(String attribute);

  /// The entity behind a reference of cardinality one.
  Optional<Pulled> entity(String attribute);

  /// The entities behind a reference of cardinality many, or behind a reverse reference; empty when
  /// absent.
  List<Pulled> entities(String attribute);

  /// This map as a record: component `postedAt` is filled from the one key named `posted-at` or
  /// `postedAt`.
  <R extends Record> R as(Class<R> shape);
}
