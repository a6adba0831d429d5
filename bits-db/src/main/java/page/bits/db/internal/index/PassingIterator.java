/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;

/// The datoms of a run that pass; one is looked for ahead.
public final class PassingIterator extends LookAhead {
  private final Iterator<Datom> datoms;
  private final Predicate<Datom> passes;

  public PassingIterator(Iterator<Datom> datoms, Predicate<Datom> passes) {
    this.datoms = datoms;
    this.passes = passes;
  }

  @Override
  @Nullable Datom look() {
    while (datoms.hasNext()) {
      Datom datom = datoms.next();
      if (passes.test(datom)) {
        return datom;
      }
    }
    return null;
  }
}
