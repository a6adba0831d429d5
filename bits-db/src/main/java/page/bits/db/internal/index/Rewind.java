/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;

/// What to change in an index so that it is as it was right after transaction t. Confined to one
/// thread; made in one walk over all words, which keeps only those that change.
final class Rewind {
  private final long t;
  private final List<Datom> assertedLater = new ArrayList<>();
  private final List<Datom> past = new ArrayList<>();
  private final List<Datom> revived = new ArrayList<>();
  private Counters counters = Counters.BIRTH;

  private Rewind(long t) {
    this.t = t;
  }

  /// The words of every fact have to come newest first.
  static Rewind to(long t, Iterator<Datom> words) {
    var rewind = new Rewind(t);
    Datom newer = null;
    while (words.hasNext()) {
      Datom word = words.next();
      rewind.add(word, newer != null && Fact.of(newer).equals(Fact.of(word)) ? newer : null);
      newer = word;
    }
    return rewind;
  }

  /// `newer` is the next newer word about the same fact, if there is one.
  private void add(Datom word, @Nullable Datom newer) {
    boolean isHeldNow = newer == null && word.added();
    if (word.t() <= t) {
      counters = counters.after(List.of(word));
      if (word.added() && newer != null && newer.t() > t) {
        past.add(word);
        revived.add(word);
      }
    } else if (isHeldNow) {
      assertedLater.add(word);
    } else {
      past.add(word);
    }
  }

  /// Held now, and not then.
  List<Datom> assertedLater() {
    return assertedLater;
  }

  /// In the history now, and not then.
  List<Datom> past() {
    return past;
  }

  /// Held then, and not now.
  List<Datom> revived() {
    return revived;
  }

  /// The counters that the words up to then tell of.
  Counters counters() {
    return counters;
  }
}
