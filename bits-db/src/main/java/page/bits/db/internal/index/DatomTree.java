/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import page.bits.db.Bound;
import page.bits.db.Datom;
import page.bits.db.DatomOrder;
import page.bits.db.Index;

/// A persistent B+tree of datoms in the order of one index.
///
/// Made of [DatomNode]s. Immutable and thread-safe; a changed tree shares every untouched node with
/// the one it came from. Changes come in sorted batches: the cost of a batch of k in a tree of n is
/// O(k log n) at worst and O(k + touched leaves) for neighbours. Seek O(log n), step O(1).
final class DatomTree {
  private final Comparator<Datom> order;
  private final DatomNode root;
  private final long size;

  private DatomTree(Comparator<Datom> order, DatomNode root, long size) {
    this.order = order;
    this.root = root;
    this.size = size;
  }

  static DatomTree empty(Index index) {
    return new DatomTree(DatomOrder.of(index), DatomLeaf.EMPTY, 0);
  }

  long size() {
    return size;
  }

  /// This tree with `added` and without `removed`. Adding what is there and removing what is not
  /// change nothing; no datom is in both.
  DatomTree with(List<Datom> added, List<Datom> removed) {
    if (added.isEmpty() && removed.isEmpty()) {
      return this;
    }
    DatomEdits edits = DatomEdits.of(order, added, removed);
    List<DatomNode> nodes = root.edit(edits, 0, edits.size());
    while (nodes.size() > 1) {
      nodes = DatomBranch.over(nodes);
    }
    DatomNode newRoot = nodes.isEmpty() ? DatomLeaf.EMPTY : nodes.getFirst();
    while (newRoot instanceof DatomBranch branch && branch.width() == 1) {
      newRoot = branch.child(0);
    }
    return new DatomTree(order, newRoot, size + edits.sizeChange());
  }

  /// The datoms between two cuts, in order.
  Iterator<Datom> range(Bound from, Bound to) {
    return new DatomIterator(root, from, to);
  }

  /// The datoms between two cuts, last first.
  Iterator<Datom> rangeReverse(Bound from, Bound to) {
    return new ReverseDatomIterator(root, from, to);
  }

  /// How many datoms lie between two cuts; O(log n).
  long count(Bound from, Bound to) {
    return Math.max(0, rank(to) - rank(from));
  }

  /// How many datoms lie before the cut.
  private long rank(Bound cut) {
    long before = 0;
    DatomNode node = root;
    while (node instanceof DatomBranch branch) {
      int child = branch.childHolding(cut);
      before += branch.sizeBefore(child);
      node = branch.child(child);
    }
    return before + ((DatomLeaf) node).rank(cut);
  }
}
