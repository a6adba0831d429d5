/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Bound;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Index;

/// A read of a range that knows how far it was walked: who takes the first ten of an index does not
/// depend on what lies behind them.
///
/// Walked by one thread; the range may be asked for by another.
final class RecordedIterator extends LookAhead {
  private final DatomRange range;
  private final Iterator<Datom> datoms;
  private final boolean reverse;
  private volatile @Nullable Datom last;
  private volatile boolean isWhole;

  RecordedIterator(DatomRange range, Iterator<Datom> datoms, boolean reverse) {
    this.range = range;
    this.datoms = datoms;
    this.reverse = reverse;
  }

  /// The part that was seen; empty when nobody has looked. Every word about the fact that was seen
  /// last is in it, newer ones too.
  Optional<DatomRange> range() {
    Datom seen = last;
    if (isWhole) {
      return Optional.of(range);
    }
    if (seen == null) {
      return Optional.empty();
    }
    Index index = range.index();
    return Optional.of(
        reverse
            ? new DatomRange(Bound.before(index, 3, seen.e(), seen.a(), seen.v(), 0), range.to())
            : new DatomRange(range.from(), Bound.after(index, 3, seen.e(), seen.a(), seen.v(), 0)));
  }

  @Override
  @Nullable Datom look() {
    if (!datoms.hasNext()) {
      isWhole = true;
      return null;
    }
    Datom seen = datoms.next();
    last = seen;
    return seen;
  }
}
