/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.internal.schema.Schema;

/// A memory index read at one point: now, or cut at an earlier t. Immutable; O(1) to make.
///
/// Its schema is given: an as-of view keeps today's, the value of a moment has the one of that
/// moment.
public record IndexView(MemoryIndex index, long cutT, Schema schema) implements DatomSource {
  /// The newest value of the index.
  public static IndexView now(MemoryIndex index) {
    return new IndexView(index, index.basisT(), index.schema());
  }

  /// The very value right after transaction t, with the schema of that moment.
  public static IndexView moment(MemoryIndex index, long t) {
    return t >= index.basisT() ? now(index) : new IndexView(index, t, index.schemaAt(t));
  }

  /// What held at t, seen with today's schema.
  public IndexView asOf(long t) {
    return t >= cutT ? this : new IndexView(index, t, schema);
  }

  @Override
  public long basisT() {
    return Math.min(cutT, index.basisT());
  }

  @Override
  public Iterator<Datom> read(DatomRange range) {
    return cutT >= index.basisT() ? index.readCurrent(range) : index.readAt(range, cutT);
  }
}
