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

  private DatomBranch(DatomNode[] children, Datom[] firsts, long size) {
    this.children = children;
    this.firsts = firsts;
    this.size = size;
  }

  private static DatomBranch of(DatomNode[] children) {
    var firsts = new Datom[children.length];
    long size = 0;
    for (int i = 0; i < children.length; i++) {
      firsts[i] = children[i].first();
      size += children[i].size();
    }
    return new DatomBranch(children, firsts, size);
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

  /// Touches only the children that the edits change: a look at each of the others would cost more
  /// than the change.
  @Override
  public List<DatomNode> edit(DatomEdits edits, int from, int to) {
    var next = new Level();
    int kept = 0;
    int start = from;
    while (start < to) {
      int child = childOf(edits, edits.datom(start), kept);
      int end = child + 1 == children.length ? to : edits.split(firsts[child + 1], start, to);
      next.keep(kept, child);
      next.replace(children[child], children[child].edit(edits, start, end));
      kept = child + 1;
      start = end;
    }
    next.keep(kept, children.length);
    return next.branches();
  }

  /// The last child from `lowest` on that begins at or before the datom, else `lowest`.
  private int childOf(DatomEdits edits, Datom datom, int lowest) {
    int last = children.length - 1;
    if (last > lowest && edits.order().compare(firsts[last], datom) <= 0) {
      return last; // what is new comes last, mostly
    }
    int after = edits.firstFrom(firsts, datom, lowest + 1, children.length);
    boolean isFirstItself =
        after < children.length && edits.order().compare(firsts[after], datom) == 0;
    return isFirstItself ? after : after - 1;
  }

  /// The children that take the place of this branch's own. Confined to one edit.
  private final class Level {
    private DatomNode[] nodes = new DatomNode[children.length];
    private Datom[] begins = new Datom[children.length];
    private int count;
    private long below = size;

    /// Adds own children [from, to) as they are.
    void keep(int from, int to) {
      if (from < to) {
        add(children[from], firsts[from]);
        need(to - from - 1);
        System.arraycopy(children, from + 1, nodes, count, to - from - 1);
        System.arraycopy(firsts, from + 1, begins, count, to - from - 1);
        count += to - from - 1;
      }
    }

    void replace(DatomNode old, List<DatomNode> by) {
      below -= old.size();
      for (DatomNode node : by) {
        below += node.size();
        add(node, node.first());
      }
    }

    /// Adds a node, joined with its left neighbour when the two are small: removal leaves no
    /// crumbs.
    private void add(DatomNode node, Datom first) {
      DatomNode left = count == 0 ? null : nodes[count - 1];
      if (left != null && left.width() + node.width() <= DatomNode.SIZE_MAX / 2) {
        nodes[count - 1] = join(left, node);
        return;
      }
      need(1);
      nodes[count] = node;
      begins[count++] = first;
    }

    private void need(int more) {
      if (count + more > nodes.length) {
        nodes = Arrays.copyOf(nodes, count + more + 8);
        begins = Arrays.copyOf(begins, count + more + 8);
      }
    }

    List<DatomNode> branches() {
      DatomNode[] all = count == nodes.length ? nodes : Arrays.copyOf(nodes, count);
      if (count == 0 || count > DatomNode.SIZE_MAX) {
        return over(Arrays.asList(all));
      }
      Datom[] beginOfEach = count == begins.length ? begins : Arrays.copyOf(begins, count);
      return List.of(new DatomBranch(all, beginOfEach, below));
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
    return of(children);
  }

  /// One level of branches over these nodes, evenly filled; none over none.
  static List<DatomNode> over(List<DatomNode> nodes) {
    int pieces = (nodes.size() + DatomNode.SIZE_MAX - 1) / DatomNode.SIZE_MAX;
    var branches = new ArrayList<DatomNode>(pieces);
    int start = 0;
    for (int piece = 0; piece < pieces; piece++) {
      int width = (nodes.size() - start + pieces - piece - 1) / (pieces - piece);
      branches.add(of(nodes.subList(start, start + width).toArray(new DatomNode[0])));
      start += width;
    }
    return branches;
  }
}
