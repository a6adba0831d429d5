/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.internal.schema.Schema;

/// A memory index read at one point: at `cutT`, now or earlier. Immutable; O(1) to make.
///
/// The value of a moment has the schema of that moment. An as-of view keeps the schema and the
/// basis of the value it was asked of.
public record IndexView(MemoryIndex index, long cutT, long basisT, Schema schema)
    implements DatomSource {
  /// The newest value of the index.
  public static IndexView now(MemoryIndex index) {
    return new IndexView(index, index.basisT(), index.basisT(), index.schema());
  }

  /// The very value right after transaction t, with the schema of that moment.
  public static IndexView moment(MemoryIndex index, long t) {
    return t >= index.basisT() ? now(index) : new IndexView(index, t, t, index.schemaAt(t));
  }

  /// What held at t, seen with this view's schema.
  public IndexView asOf(long t) {
    return t >= cutT ? this : new IndexView(index, t, basisT, schema);
  }

  /// Whether this is the newest value of its index.
  public boolean isNow() {
    return cutT == index.basisT();
  }

  @Override
  public Object database() {
    return index.database();
  }

  @Override
  public Iterator<Datom> read(DatomRange range) {
    return isNow() ? index.readCurrent(range) : index.readAt(range, cutT);
  }

  /// Counted in the trees, without walking them; of a view that has a past, too many.
  @Override
  public long estimate(DatomRange range, int max) {
    return Math.min(max, index.count(range));
  }
}
