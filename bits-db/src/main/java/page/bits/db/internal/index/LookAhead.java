/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;

/// A walk that has to look for its next datom to know whether there is one; it looks one ahead, and
/// not before it is asked.
abstract class LookAhead implements Iterator<Datom> {
  private @Nullable Datom next;

  /// The datom after the one looked for last; null at the end, also when asked again there.
  abstract @Nullable Datom look();

  @Override
  public final boolean hasNext() {
    if (next == null) {
      next = look();
    }
    return next != null;
  }

  @Override
  public final Datom next() {
    Datom datom = hasNext() ? next : null;
    if (datom == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return datom;
  }
}
