/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.internal.schema.Schema;
import page.bits.db.spi.DatabaseId;

/// A memory index read at one moment, `basisT`, through a window of time and a filter. Immutable;
/// O(1) to make.
///
/// The value of a moment has the schema of that moment; a window changes neither schema nor basis.
/// `keep` sees every word of the window, retractions too, before it is decided what holds: without
/// the word that ended it, a fact holds on. Only what shows a whole moment shows ephemeral datoms:
/// no window of time does.
public record IndexView(
    MemoryIndex index, long basisT, Schema schema, Window window, @Nullable Predicate<Datom> keep)
    implements DatomSource {
  /// The newest value of the index.
  public static IndexView now(MemoryIndex index) {
    return new IndexView(index, index.basisT(), index.schema(), Window.NOW, null);
  }

  /// The very value right after transaction t, with the schema of that moment.
  public static IndexView moment(MemoryIndex index, long t) {
    return t >= index.basisT()
        ? now(index)
        : new IndexView(index, t, index.schemaAt(t), Window.NOW, null);
  }

  /// The same moment through another window.
  public IndexView through(Window other) {
    return new IndexView(index, basisT, schema, other, keep);
  }

  /// This view without the words that `keep` rejects.
  public IndexView filtered(Predicate<Datom> rule) {
    return new IndexView(index, basisT, schema, window, rule);
  }

  /// The whole moment: without window and filter.
  public IndexView base() {
    return new IndexView(index, basisT, schema, Window.NOW, null);
  }

  /// Whether this is the newest moment of its index.
  public boolean isNow() {
    return basisT == index.basisT();
  }

  @Override
  public DatabaseId database() {
    return index.database();
  }

  @Override
  public boolean isHistory() {
    return window.isHistory();
  }

  @Override
  public Iterator<Datom> read(DatomRange range) {
    return read(range, /* reverse= */ false);
  }

  @Override
  public Iterator<Datom> readReverse(DatomRange range) {
    return read(range, /* reverse= */ true);
  }

  private Iterator<Datom> read(DatomRange range, boolean reverse) {
    if (isNow() && keep == null && !window.isHistory() && window.asOfT().isEmpty()) {
      return window.sinceT().isEmpty()
          ? index.readCurrent(range, reverse)
          : new PassingIterator(
              index.readDurable(range, reverse), datom -> window.contains(datom.t()));
    }
    Predicate<Datom> passes = word -> word.t() <= basisT && window.contains(word.t());
    Iterator<Datom> words =
        new PassingIterator(
            index.readWords(range, reverse), keep == null ? passes : passes.and(keep));
    if (window.isHistory()) {
      return words;
    }
    Iterator<Datom> durable = new HeldIterator(words);
    return window.equals(Window.NOW)
        ? MemoryIndex.merged(range, reverse, durable, readEphemeral(range, reverse))
        : durable;
  }

  /// Their past is not known for long, so a filter sees only what holds.
  private Iterator<Datom> readEphemeral(DatomRange range, boolean reverse) {
    Iterator<Datom> held = index.readEphemeral(range, basisT, reverse);
    return keep == null ? held : new PassingIterator(held, keep);
  }

  /// Counted in the trees, without walking them; of a view that has a past, too many.
  @Override
  public long estimate(DatomRange range, int max) {
    return Math.min(max, index.count(range));
  }
}
