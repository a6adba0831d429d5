/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import org.jspecify.annotations.Nullable;
import page.bits.db.Bound;
import page.bits.db.DatomRange;
import page.bits.db.Index;

/// The ranges that readers ask for, by name.
public final class Ranges {
  private Ranges() {}

  public static DatomRange all(Index index) {
    return new DatomRange(Bound.first(index), Bound.last(index));
  }

  /// EAVT: everything of an entity.
  public static DatomRange e(long e) {
    return prefix(Index.EAVT, 1, e, 0, null);
  }

  /// EAVT: one attribute of an entity.
  public static DatomRange ea(long e, long a) {
    return prefix(Index.EAVT, 2, e, a, null);
  }

  /// EAVT: one fact.
  public static DatomRange eav(long e, long a, Object v) {
    return prefix(Index.EAVT, 3, e, a, v);
  }

  /// AEVT: everything of an attribute.
  public static DatomRange a(long a) {
    return prefix(Index.AEVT, 1, 0, a, null);
  }

  /// AVET: the holders of a value; the attribute is unique or indexed.
  public static DatomRange av(long a, Object v) {
    return prefix(Index.AVET, 2, 0, a, v);
  }

  /// AVET: values from `start` (inclusive) to `end` (exclusive), null is open.
  public static DatomRange avRange(long a, @Nullable Object start, @Nullable Object end) {
    return new DatomRange(
        Bound.before(Index.AVET, start == null ? 1 : 2, 0, a, start, 0),
        end == null
            ? Bound.after(Index.AVET, 1, 0, a, null, 0)
            : Bound.before(Index.AVET, 2, 0, a, end, 0));
  }

  /// VAET: who refers to an entity.
  public static DatomRange v(long v) {
    return prefix(Index.VAET, 1, 0, 0, v);
  }

  /// VAET: who refers to an entity through an attribute.
  public static DatomRange va(long v, long a) {
    return prefix(Index.VAET, 2, 0, a, v);
  }

  /// The datoms whose first `count` components in the index's order are those given.
  public static DatomRange prefix(Index index, int count, long e, long a, @Nullable Object v) {
    return new DatomRange(
        Bound.before(index, count, e, a, v, 0), Bound.after(index, count, e, a, v, 0));
  }
}
