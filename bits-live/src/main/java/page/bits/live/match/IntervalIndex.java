/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.match;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.ReadSet;

/// A range index of one interval tree per datom index. Equal ranges of several owners are one node.
///
/// Cost, n distinct ranges: put and remove O(k log n) for k ranges; touchedBy, per datom, O(log n +
/// hits) in each of four trees.
public final class IntervalIndex<T> implements RangeIndex<T> {
  private final Map<Index, IntervalTree<T>> trees = new EnumMap<>(Index.class);
  private final Map<T, ReadSet> reads = new HashMap<>();

  public IntervalIndex() {
    for (Index index : Index.values()) {
      trees.put(index, new IntervalTree<>());
    }
  }

  @Override
  public void put(T owner, ReadSet read) {
    ReadSet before = reads.put(owner, read);
    if (read.equals(before)) {
      return;
    }
    if (before != null) {
      drop(owner, before);
    }
    for (DatomRange range : read.ranges()) {
      tree(range).add(range, owner);
    }
  }

  @Override
  public void remove(T owner) {
    ReadSet before = reads.remove(owner);
    if (before != null) {
      drop(owner, before);
    }
  }

  private void drop(T owner, ReadSet read) {
    for (DatomRange range : read.ranges()) {
      tree(range).remove(range, owner);
    }
  }

  private IntervalTree<T> tree(DatomRange range) {
    return java.util.Objects.requireNonNull(trees.get(range.index()));
  }

  @Override
  public Set<T> touchedBy(List<Datom> datoms) {
    var hits = new LinkedHashSet<T>();
    for (IntervalTree<T> tree : trees.values()) {
      for (Datom datom : datoms) {
        tree.stab(datom, hits);
      }
    }
    return hits;
  }
}
