/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;

/// Of a run of words, forwards or backwards, the assertions that hold at its end.
///
/// In every index all words about one fact lie together: the newest of them decides.
final class HeldIterator extends LookAhead {
  private final Iterator<Datom> words;
  private @Nullable Datom ahead;

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
  @Nullable Datom look() {
    Datom newest = newestOfFact();
    while (newest != null && !newest.added()) {
      newest = newestOfFact();
    }
    return newest;
  }
}
