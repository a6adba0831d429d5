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

/// Walks the leaves from one cut to another, with the path from the root as its only state.
final class DatomIterator implements Iterator<Datom> {
  private final Bound to;
  private final ArrayList<DatomBranch> path = new ArrayList<>();
  private final ArrayList<Integer> childIndexes = new ArrayList<>();
  private DatomLeaf leaf;
  private int next;

  DatomIterator(DatomNode root, Bound from, Bound to) {
    this.to = to;
    DatomNode node = root;
    while (node instanceof DatomBranch branch) {
      int child = branch.childHolding(from);
      path.add(branch);
      childIndexes.add(child);
      node = branch.child(child);
    }
    this.leaf = (DatomLeaf) node;
    this.next = leaf.rank(from);
    if (next == leaf.width()) {
      nextLeaf();
    }
  }

  private void nextLeaf() {
    next = 0;
    leaf = DatomLeaf.EMPTY;
    int level = path.size() - 1;
    while (level >= 0 && childIndexes.get(level) + 1 == path.get(level).width()) {
      level--;
    }
    if (level < 0) {
      return;
    }
    childIndexes.set(level, childIndexes.get(level) + 1);
    DatomNode node = path.get(level).child(childIndexes.get(level));
    for (int below = level + 1; below < path.size(); below++) {
      DatomBranch branch = (DatomBranch) node;
      path.set(below, branch);
      childIndexes.set(below, 0);
      node = branch.child(0);
    }
    leaf = (DatomLeaf) node;
  }

  @Override
  public boolean hasNext() {
    return next < leaf.width() && to.compareDatom(leaf.datom(next)) < 0;
  }

  @Override
  public Datom next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Datom datom = leaf.datom(next++);
    if (next == leaf.width()) {
      nextLeaf();
    }
    return datom;
  }
}
