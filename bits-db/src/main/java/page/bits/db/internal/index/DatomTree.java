/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import page.bits.db.Bound;
import page.bits.db.Datom;
import page.bits.db.DatomOrder;
import page.bits.db.Index;

/// A persistent B+tree of datoms in the order of one index.
///
/// Immutable and thread-safe; a changed tree shares every untouched node with the one it came from.
/// Changes come in sorted batches: the cost of a batch of k in a tree of n is O(k log n) at worst
/// and O(k + touched leaves) for neighbours. Seek O(log n), step O(1).
final class DatomTree {
  /// The most entries of a node: leaves hold datoms, branches hold nodes.
  static final int NODE_SIZE_MAX = 64;

  private final Comparator<Datom> order;
  private final Node root;
  private final long size;

  private DatomTree(Comparator<Datom> order, Node root, long size) {
    this.order = order;
    this.root = root;
    this.size = size;
  }

  static DatomTree empty(Index index) {
    return new DatomTree(DatomOrder.of(index), new Leaf(new Datom[0]), 0);
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
    Edits edits = Edits.of(order, added, removed);
    List<Node> nodes = root.edit(edits, 0, edits.size());
    while (nodes.size() > 1) {
      nodes = Branch.over(nodes);
    }
    Node newRoot = nodes.isEmpty() ? new Leaf(new Datom[0]) : nodes.getFirst();
    while (newRoot instanceof Branch branch && branch.children.length == 1) {
      newRoot = branch.children[0];
    }
    return new DatomTree(order, newRoot, size + edits.sizeChange);
  }

  /// The datoms between two cuts, in order.
  Iterator<Datom> range(Bound from, Bound to) {
    return new RangeIterator(root, from, to);
  }

  /// How many datoms lie between two cuts; O(log n).
  long count(Bound from, Bound to) {
    return Math.max(0, rank(to) - rank(from));
  }

  /// How many datoms lie before the cut.
  private long rank(Bound cut) {
    long before = 0;
    Node node = root;
    while (node instanceof Branch branch) {
      int child = RangeIterator.childHolding(branch, cut);
      for (int i = 0; i < child; i++) {
        before += branch.children[i].size();
      }
      node = branch.children[child];
    }
    return before + RangeIterator.firstAfter(((Leaf) node).datoms, cut);
  }

  /// One batch in sort order: what to add and what to remove.
  private static final class Edits {
    private final Comparator<Datom> order;
    private final Datom[] datoms;
    private final boolean[] adds;
    private long sizeChange;

    private Edits(Comparator<Datom> order, Datom[] datoms, boolean[] adds) {
      this.order = order;
      this.datoms = datoms;
      this.adds = adds;
    }

    static Edits of(Comparator<Datom> order, List<Datom> added, List<Datom> removed) {
      Datom[] plus = added.toArray(new Datom[0]);
      Datom[] minus = removed.toArray(new Datom[0]);
      Arrays.sort(plus, order);
      Arrays.sort(minus, order);
      var datoms = new Datom[plus.length + minus.length];
      var adds = new boolean[datoms.length];
      int p = 0;
      int m = 0;
      for (int i = 0; i < datoms.length; i++) {
        boolean takePlus =
            m == minus.length || (p < plus.length && order.compare(plus[p], minus[m]) < 0);
        adds[i] = takePlus;
        datoms[i] = takePlus ? plus[p++] : minus[m++];
      }
      return new Edits(order, datoms, adds);
    }

    int size() {
      return datoms.length;
    }

    /// The first edit in [from, to) that does not lie before `datom`.
    int split(Datom datom, int from, int to) {
      int low = from;
      int high = to;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (order.compare(datoms[middle], datom) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  private sealed interface Node {
    Datom first();

    /// The nodes of this level that replace this one after the edits [from, to); none when it
    /// became empty.
    List<Node> edit(Edits edits, int from, int to);

    int width();

    /// How many datoms are below.
    long size();
  }

  private static final class Leaf implements Node {
    private final Datom[] datoms;

    Leaf(Datom[] datoms) {
      this.datoms = datoms;
    }

    @Override
    public Datom first() {
      return datoms[0];
    }

    @Override
    public int width() {
      return datoms.length;
    }

    @Override
    public long size() {
      return datoms.length;
    }

    @Override
    public List<Node> edit(Edits edits, int from, int to) {
      var merged = new Datom[datoms.length + to - from];
      int count = 0;
      int mine = 0;
      for (int i = from; i < to; i++) {
        Datom edit = edits.datoms[i];
        int order = -1;
        while (mine < datoms.length && (order = edits.order.compare(datoms[mine], edit)) < 0) {
          merged[count++] = datoms[mine++];
        }
        boolean isHere = mine < datoms.length && order == 0;
        if (isHere) {
          mine++;
        }
        if (edits.adds[i]) {
          if (count == 0 || !merged[count - 1].equals(edit)) { // a batch may repeat a datom
            merged[count++] = edit;
            edits.sizeChange += isHere ? 0 : 1;
          }
        } else if (isHere) {
          edits.sizeChange--;
        }
      }
      while (mine < datoms.length) {
        merged[count++] = datoms[mine++];
      }
      return cut(merged, count, /* appended= */ isAppend(edits, from));
    }

    private boolean isAppend(Edits edits, int from) {
      return datoms.length > 0
          && edits.order.compare(datoms[datoms.length - 1], edits.datoms[from]) < 0;
    }

    /// Leaves over the first `count` datoms: full ones when datoms arrive in order, else evenly
    /// filled.
    private static List<Node> cut(Datom[] datoms, int count, boolean appended) {
      int pieces = (count + NODE_SIZE_MAX - 1) / NODE_SIZE_MAX;
      var leaves = new ArrayList<Node>(pieces);
      int start = 0;
      for (int piece = 0; piece < pieces; piece++) {
        int width =
            appended
                ? Math.min(NODE_SIZE_MAX, count - start)
                : (count - start + pieces - piece - 1) / (pieces - piece);
        leaves.add(new Leaf(Arrays.copyOfRange(datoms, start, start + width)));
        start += width;
      }
      return leaves;
    }
  }

  private static final class Branch implements Node {
    private final Node[] children;
    private final Datom[] firsts;
    private final long size;

    Branch(Node[] children) {
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

    @Override
    public List<Node> edit(Edits edits, int from, int to) {
      var next = new ArrayList<Node>(children.length + 2);
      int start = from;
      for (int i = 0; i < children.length; i++) {
        int end = i + 1 == children.length ? to : edits.split(firsts[i + 1], start, to);
        if (start == end) {
          append(next, children[i]);
        } else {
          for (Node node : children[i].edit(edits, start, end)) {
            append(next, node);
          }
        }
        start = end;
      }
      return over(next);
    }

    /// Adds a node, joined with its left neighbour when the two are small: removal leaves no
    /// crumbs.
    private static void append(List<Node> nodes, Node node) {
      Node left = nodes.isEmpty() ? null : nodes.getLast();
      if (left != null && left.width() + node.width() <= NODE_SIZE_MAX / 2) {
        nodes.set(nodes.size() - 1, join(left, node));
      } else {
        nodes.add(node);
      }
    }

    private static Node join(Node left, Node right) {
      if (left instanceof Leaf l && right instanceof Leaf r) {
        Datom[] datoms = Arrays.copyOf(l.datoms, l.datoms.length + r.datoms.length);
        System.arraycopy(r.datoms, 0, datoms, l.datoms.length, r.datoms.length);
        return new Leaf(datoms);
      }
      Branch l = (Branch) left;
      Branch r = (Branch) right;
      Node[] children = Arrays.copyOf(l.children, l.children.length + r.children.length);
      System.arraycopy(r.children, 0, children, l.children.length, r.children.length);
      return new Branch(children);
    }

    /// One level of branches over these nodes, evenly filled; none over none.
    static List<Node> over(List<Node> nodes) {
      int pieces = (nodes.size() + NODE_SIZE_MAX - 1) / NODE_SIZE_MAX;
      var branches = new ArrayList<Node>(pieces);
      int start = 0;
      for (int piece = 0; piece < pieces; piece++) {
        int width = (nodes.size() - start + pieces - piece - 1) / (pieces - piece);
        branches.add(new Branch(nodes.subList(start, start + width).toArray(new Node[0])));
        start += width;
      }
      return branches;
    }
  }

  /// Walks the leaves from one cut to another, with the path from the root as its only state.
  private static final class RangeIterator implements Iterator<Datom> {
    private final Bound to;
    private final ArrayList<Branch> path = new ArrayList<>();
    private final ArrayList<Integer> childIndexes = new ArrayList<>();
    private Datom[] leaf;
    private int next;

    RangeIterator(Node root, Bound from, Bound to) {
      this.to = to;
      Node node = root;
      while (node instanceof Branch branch) {
        int child = childHolding(branch, from);
        path.add(branch);
        childIndexes.add(child);
        node = branch.children[child];
      }
      this.leaf = ((Leaf) node).datoms;
      this.next = firstAfter(leaf, from);
      if (next == leaf.length) {
        nextLeaf();
      }
    }

    /// The last child that begins before the cut, else the first: the cut lies inside it or at its
    /// end.
    private static int childHolding(Branch branch, Bound from) {
      return Math.max(0, firstAfter(branch.firsts, from) - 1);
    }

    private static int firstAfter(Datom[] sorted, Bound from) {
      int low = 0;
      int high = sorted.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (from.compareDatom(sorted[middle]) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private void nextLeaf() {
      next = 0;
      leaf = new Datom[0];
      int level = path.size() - 1;
      while (level >= 0 && childIndexes.get(level) + 1 == path.get(level).children.length) {
        level--;
      }
      if (level < 0) {
        return;
      }
      childIndexes.set(level, childIndexes.get(level) + 1);
      Node node = path.get(level).children[childIndexes.get(level)];
      for (int below = level + 1; below < path.size(); below++) {
        Branch branch = (Branch) node;
        path.set(below, branch);
        childIndexes.set(below, 0);
        node = branch.children[0];
      }
      leaf = ((Leaf) node).datoms;
    }

    @Override
    public boolean hasNext() {
      return next < leaf.length && to.compareDatom(leaf[next]) < 0;
    }

    @Override
    public Datom next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Datom datom = leaf[next++];
      if (next == leaf.length) {
        nextLeaf();
      }
      return datom;
    }
  }
}
