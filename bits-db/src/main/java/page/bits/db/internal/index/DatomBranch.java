/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import page.bits.db.Bound;
import page.bits.db.Datom;

/// A node of nodes, with the first datom of each and the number of datoms below.
final class DatomBranch implements DatomNode {
  private final DatomNode[] children;
  private final Datom[] firsts;
  private final long size;

  DatomBranch(DatomNode[] children) {
    this.children = children;
    this.firsts = new Datom[children.length];
    long sum = 0;
    for (int i = 0; i < children.length; i++) {
      firsts[i] = children[i].first();
      sum += children[i].size();
    }
    this.size = sum;
  }

  @Override
  public Datom first() {
    return firsts[0];
  }

  @Override
  public int width() {
    return children.length;
  }

  @Override
  public long size() {
    return size;
  }

  DatomNode child(int i) {
    return children[i];
  }

  /// How many datoms lie below the children before this one.
  long sizeBefore(int child) {
    long before = 0;
    for (int i = 0; i < child; i++) {
      before += children[i].size();
    }
    return before;
  }

  /// The last child that begins before the cut, else the first: the cut lies inside it or at its
  /// end.
  int childHolding(Bound cut) {
    return Math.max(0, DatomLeaf.firstAfter(firsts, cut) - 1);
  }

  @Override
  public List<DatomNode> edit(DatomEdits edits, int from, int to) {
    var next = new ArrayList<DatomNode>(children.length + 2);
    int start = from;
    for (int i = 0; i < children.length; i++) {
      int end = i + 1 == children.length ? to : edits.split(firsts[i + 1], start, to);
      if (start == end) {
        append(next, children[i]);
      } else {
        for (DatomNode node : children[i].edit(edits, start, end)) {
          append(next, node);
        }
      }
      start = end;
    }
    return over(next);
  }

  /// Adds a node, joined with its left neighbour when the two are small: removal leaves no crumbs.
  private static void append(List<DatomNode> nodes, DatomNode node) {
    DatomNode left = nodes.isEmpty() ? null : nodes.getLast();
    if (left != null && left.width() + node.width() <= DatomNode.SIZE_MAX / 2) {
      nodes.set(nodes.size() - 1, join(left, node));
    } else {
      nodes.add(node);
    }
  }

  private static DatomNode join(DatomNode left, DatomNode right) {
    if (left instanceof DatomLeaf l && right instanceof DatomLeaf r) {
      return l.joined(r);
    }
    DatomBranch l = (DatomBranch) left;
    DatomBranch r = (DatomBranch) right;
    DatomNode[] children = Arrays.copyOf(l.children, l.children.length + r.children.length);
    System.arraycopy(r.children, 0, children, l.children.length, r.children.length);
    return new DatomBranch(children);
  }

  /// One level of branches over these nodes, evenly filled; none over none.
  static List<DatomNode> over(List<DatomNode> nodes) {
    int pieces = (nodes.size() + DatomNode.SIZE_MAX - 1) / DatomNode.SIZE_MAX;
    var branches = new ArrayList<DatomNode>(pieces);
    int start = 0;
    for (int piece = 0; piece < pieces; piece++) {
      int width = (nodes.size() - start + pieces - piece - 1) / (pieces - piece);
      branches.add(new DatomBranch(nodes.subList(start, start + width).toArray(new DatomNode[0])));
      start += width;
    }
    return branches;
  }
}
