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

/// Two runs of datoms in one order, as one. No datom is in both.
final class MergedIterator implements Iterator<Datom> {
  private final Comparator<Datom> order;
  private final Iterator<Datom> left;
  private final Iterator<Datom> right;
  private @Nullable Datom nextLeft;
  private @Nullable Datom nextRight;

  private MergedIterator(Comparator<Datom> order, Iterator<Datom> left, Iterator<Datom> right) {
    this.order = order;
    this.left = left;
    this.right = right;
    this.nextLeft = left.next();
    this.nextRight = right.next();
  }

  static Iterator<Datom> of(Comparator<Datom> order, Iterator<Datom> left, Iterator<Datom> right) {
    if (!right.hasNext()) {
      return left;
    }
    return left.hasNext() ? new MergedIterator(order, left, right) : right;
  }

  @Override
  public boolean hasNext() {
    return nextLeft != null || nextRight != null;
  }

  @Override
  public Datom next() {
    Datom l = nextLeft;
    Datom r = nextRight;
    if (l != null && (r == null || order.compare(l, r) < 0)) {
      nextLeft = left.hasNext() ? left.next() : null;
      return l;
    }
    if (r == null) {
      throw new NoSuchElementException();
    }
    nextRight = right.hasNext() ? right.next() : null;
    return r;
  }
}
