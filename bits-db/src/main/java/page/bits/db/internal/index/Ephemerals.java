/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import page.bits.db.Datom;
import page.bits.db.Index;
import page.bits.db.internal.schema.Schema;

/// The ephemeral datoms of an index. Immutable.
///
/// `current` are those that hold; `ended` the words of those that ended after `settledT`, kept for
/// the moments from there on. `firstT` is the first transaction that had any: moments before it
/// lack none.
record Ephemerals(
    Map<Index, DatomTree> current, Map<Index, DatomTree> ended, long settledT, long firstT) {
  static final Ephemerals NONE =
      new Ephemerals(MemoryIndex.emptyTrees(), MemoryIndex.emptyTrees(), 0, Long.MAX_VALUE);

  boolean isEmpty() {
    return firstT == Long.MAX_VALUE;
  }

  long size() {
    return MemoryIndex.tree(current, Index.EAVT).size();
  }

  boolean isExactAt(long t) {
    return t >= settledT || t < firstT;
  }

  boolean isSettledAt(long t) {
    return isEmpty() || settledT == t;
  }

  /// Without the words about what ended up to t, the newest.
  Ephemerals settled(long t) {
    return new Ephemerals(current, NONE.ended, t, firstT);
  }

  /// After these words of transactions, in order.
  Ephemerals with(List<Datom> words, Schema schema) {
    if (words.isEmpty()) {
      return this;
    }
    var change = new Change();
    words.forEach(change::apply);
    var newCurrent = new EnumMap<Index, DatomTree>(Index.class);
    var newEnded = new EnumMap<Index, DatomTree>(Index.class);
    List<Datom> asserted = List.copyOf(change.asserted.values());
    for (Index index : Index.values()) {
      newCurrent.put(
          index,
          MemoryIndex.tree(current, index)
              .with(
                  MemoryIndex.covered(schema, index, asserted),
                  MemoryIndex.covered(schema, index, change.superseded)));
      newEnded.put(
          index,
          MemoryIndex.tree(ended, index)
              .with(MemoryIndex.covered(schema, index, change.past), List.of()));
    }
    return new Ephemerals(newCurrent, newEnded, settledT, Math.min(firstT, words.getFirst().t()));
  }

  /// With AVET filled for an attribute that has it from now on.
  Ephemerals withAvet(long a) {
    if (isEmpty()) {
      return this;
    }
    var newCurrent = new EnumMap<>(current);
    var newEnded = new EnumMap<>(ended);
    newCurrent.put(Index.AVET, MemoryIndex.avetOf(current, a));
    newEnded.put(Index.AVET, MemoryIndex.avetOf(ended, a));
    return new Ephemerals(newCurrent, newEnded, settledT, firstT);
  }

  /// What a run of transactions changes.
  private final class Change {
    private final Map<Fact, Datom> asserted = new LinkedHashMap<>();
    private final List<Datom> superseded = new ArrayList<>();
    private final List<Datom> past = new ArrayList<>();

    /// A transaction's retractions come before its assertions for each entity and attribute, so one
    /// pass in order is enough.
    void apply(Datom datom) {
      if (datom.added()) {
        asserted.put(Fact.of(datom), datom);
        return;
      }
      Datom over = asserted.remove(Fact.of(datom));
      if (over == null) {
        over = held(datom);
        superseded.add(over);
      }
      past.add(over);
      past.add(datom);
    }

    private Datom held(Datom retraction) {
      var range = Ranges.eav(retraction.e(), retraction.a(), retraction.v());
      Iterator<Datom> held = MemoryIndex.tree(current, Index.EAVT).range(range.from(), range.to());
      if (!held.hasNext()) {
        throw new IllegalStateException("retraction of a fact that does not hold: " + retraction);
      }
      return held.next();
    }
  }
}
