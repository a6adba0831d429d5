/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;

/// The datoms of a run that pass; one is looked for ahead.
public final class PassingIterator implements Iterator<Datom> {
  private final Iterator<Datom> datoms;
  private final Predicate<Datom> passes;
  private @Nullable Datom next;

  public PassingIterator(Iterator<Datom> datoms, Predicate<Datom> passes) {
    this.datoms = datoms;
    this.passes = passes;
  }

  @Override
  public boolean hasNext() {
    while (next == null && datoms.hasNext()) {
      Datom datom = datoms.next();
      next = passes.test(datom) ? datom : null;
    }
    return next != null;
  }

  @Override
  public Datom next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Datom datom = java.util.Objects.requireNonNull(next);
    next = null;
    return datom;
  }
}
