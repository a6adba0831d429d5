/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import page.bits.db.Bound;
import page.bits.db.Datom;

/// Walks the leaves backwards from one cut down to another; the mirror of [DatomIterator].
final class ReverseDatomIterator implements Iterator<Datom> {
  private final Bound from;
  private final ArrayList<DatomBranch> path = new ArrayList<>();
  private final ArrayList<Integer> childIndexes = new ArrayList<>();
  private DatomLeaf leaf;
  private int next;

  ReverseDatomIterator(DatomNode root, Bound from, Bound to) {
    this.from = from;
    DatomNode node = root;
    while (node instanceof DatomBranch branch) {
      int child = branch.childHolding(to);
      path.add(branch);
      childIndexes.add(child);
      node = branch.child(child);
    }
    this.leaf = (DatomLeaf) node;
    this.next = leaf.rank(to) - 1;
    if (next < 0) {
      previousLeaf();
    }
  }

  private void previousLeaf() {
    next = -1;
    int level = path.size() - 1;
    while (level >= 0 && childIndexes.get(level) == 0) {
      level--;
    }
    if (level < 0) {
      return;
    }
    childIndexes.set(level, childIndexes.get(level) - 1);
    DatomNode node = path.get(level).child(childIndexes.get(level));
    for (int below = level + 1; below < path.size(); below++) {
      DatomBranch branch = (DatomBranch) node;
      path.set(below, branch);
      childIndexes.set(below, branch.width() - 1);
      node = branch.child(branch.width() - 1);
    }
    leaf = (DatomLeaf) node;
    next = leaf.width() - 1;
  }

  @Override
  public boolean hasNext() {
    return next >= 0 && from.compareDatom(leaf.datom(next)) > 0;
  }

  @Override
  public Datom next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Datom datom = leaf.datom(next--);
    if (next < 0) {
      previousLeaf();
    }
    return datom;
  }
}
