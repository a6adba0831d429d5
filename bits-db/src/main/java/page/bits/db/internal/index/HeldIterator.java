/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;

/// Of a run of words, forwards or backwards, the assertions that hold at its end.
///
/// In every index all words about one fact lie together: the newest of them decides.
final class HeldIterator implements Iterator<Datom> {
  private final Iterator<Datom> words;
  private @Nullable Datom ahead;
  private @Nullable Datom next;

  HeldIterator(Iterator<Datom> words) {
    this.words = words;
    this.ahead = words.hasNext() ? words.next() : null;
  }

  /// The newest word about the fact that the run has reached; null at its end.
  private @Nullable Datom newestOfFact() {
    Datom newest = ahead;
    if (newest == null) {
      return null;
    }
    Datom word = newest;
    while (word != null && isSameFact(newest, word)) {
      newest = word.tx() > newest.tx() ? word : newest;
      word = words.hasNext() ? words.next() : null;
    }
    ahead = word;
    return newest;
  }

  private static boolean isSameFact(Datom x, Datom y) {
    return x.e() == y.e() && x.a() == y.a() && x.v().equals(y.v());
  }

  @Override
  public boolean hasNext() {
    while (next == null) {
      Datom newest = newestOfFact();
      if (newest == null) {
        return false;
      }
      next = newest.added() ? newest : null;
    }
    return true;
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
