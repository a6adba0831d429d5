/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DatomOrder;
import page.bits.db.Index;

/// Merges current and past datoms of a range and gives those that held at a cut.
///
/// In every index all words about one fact lie together, newest first: the first one at or before
/// the cut decides.
final class CutIterator implements Iterator<Datom> {
  private final Comparator<Datom> order;
  private final Iterator<Datom> current;
  private final Iterator<Datom> past;
  private final long cutT;
  private @Nullable Datom headOfCurrent;
  private @Nullable Datom headOfPast;
  private @Nullable Datom decided;
  private @Nullable Datom next;

  CutIterator(Index index, Iterator<Datom> current, Iterator<Datom> past, long cutT) {
    this.order = DatomOrder.of(index);
    this.current = current;
    this.past = past;
    this.cutT = cutT;
    this.headOfCurrent = nextOf(current);
    this.headOfPast = nextOf(past);
    this.next = find();
  }

  private static @Nullable Datom nextOf(Iterator<Datom> datoms) {
    return datoms.hasNext() ? datoms.next() : null;
  }

  private @Nullable Datom merged() {
    Datom c = headOfCurrent;
    Datom p = headOfPast;
    if (c != null && (p == null || order.compare(c, p) < 0)) {
      headOfCurrent = nextOf(current);
      return c;
    }
    headOfPast = p == null ? null : nextOf(past);
    return p;
  }

  private @Nullable Datom find() {
    for (Datom datom = merged(); datom != null; datom = merged()) {
      if (datom.t() > cutT || isSameFact(decided, datom)) {
        continue;
      }
      decided = datom;
      if (datom.added()) {
        return datom;
      }
    }
    return null;
  }

  private static boolean isSameFact(@Nullable Datom x, Datom y) {
    return x != null && x.e() == y.e() && x.a() == y.a() && x.v().equals(y.v());
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Datom next() {
    Datom result = next;
    if (result == null) {
      throw new NoSuchElementException();
    }
    next = find();
    return result;
  }
}
