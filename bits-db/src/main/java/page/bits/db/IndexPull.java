/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// What to pull along an index: see [Db#indexPull(IndexPull)]. Immutable.
///
/// ```java
/// Iterable<Pulled> newest =
///     db.indexPull(
///         IndexPull.of(Index.AVET, "[:post/title]", ":post/published-at").reverse().limit(10));
/// ```
///
/// gives the ten newest posts. `start` is an attribute, and where to begin in it: for AVET a value
/// and an entity, for AEVT an entity and a value.
///
/// AVET pulls the entities that have the attribute; alone it has to be of cardinality one, since
/// else an entity would come several times. AEVT pulls the entities that a reference of cardinality
/// many refers to.
public record IndexPull(
    Index index, Object pattern, List<Object> start, boolean isReverse, long offset, long limit) {
  public IndexPull {
    Objects.requireNonNull(index);
    Objects.requireNonNull(pattern);
    start = List.copyOf(start);
  }

  /// From the start to the end of the attribute.
  public static IndexPull of(Index index, Object pattern, Object... start) {
    return new IndexPull(
        index, pattern, Arrays.asList(start), /* isReverse= */ false, 0, Long.MAX_VALUE);
  }

  /// Backwards: from the last datom that is not behind the start, to the begin of the attribute.
  public IndexPull reverse() {
    return new IndexPull(index, pattern, start, /* isReverse= */ true, offset, limit);
  }

  /// Without the first `count` on the way; they are walked, and not pulled.
  public IndexPull offset(long count) {
    return new IndexPull(index, pattern, start, isReverse, Math.max(0, count), limit);
  }

  /// At most so many.
  public IndexPull limit(long max) {
    return new IndexPull(index, pattern, start, isReverse, offset, Math.max(0, max));
  }
}
