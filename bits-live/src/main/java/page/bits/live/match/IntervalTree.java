/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.match;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Bound;
import page.bits.db.Datom;
import page.bits.db.DatomRange;

/// A tree of ranges of one index that finds those around a datom.
/* How it works. A treap: a search tree by (from, to) and a heap by a priority that is a mix of a
 * counter, so its shape is that of a random tree and the same in every run. Each node knows the
 * furthest end in its subtree: a subtree that ends before the datom is not entered, nor are nodes
 * that begin after it.
 */
final class IntervalTree<T> {
  private @Nullable Node<T> root;
  private long counter;

  private static final class Node<T> {
    final DatomRange range;
    final long priority;
    final Set<T> owners = new HashSet<>(2);
    @Nullable Node<T> left;
    @Nullable Node<T> right;
    Bound furthest;

    Node(DatomRange range, long priority) {
      this.range = range;
      this.priority = priority;
      this.furthest = range.to();
    }

    void refresh() {
      Bound end = range.to();
      Node<T> l = left;
      if (l != null && l.furthest.compareBound(end) > 0) {
        end = l.furthest;
      }
      Node<T> r = right;
      if (r != null && r.furthest.compareBound(end) > 0) {
        end = r.furthest;
      }
      furthest = end;
    }
  }

  void add(DatomRange range, T owner) {
    root = add(root, range, owner);
  }

  private Node<T> add(@Nullable Node<T> node, DatomRange range, T owner) {
    if (node == null) {
      var fresh = new Node<T>(range, mix(++counter));
      fresh.owners.add(owner);
      return fresh;
    }
    int order = compare(range, node.range);
    if (order == 0) {
      node.owners.add(owner);
      return node;
    }
    Node<T> top = node;
    if (order < 0) {
      Node<T> child = add(node.left, range, owner);
      node.left = child;
      if (child.priority > node.priority) {
        top = rotateRight(node, child);
      }
    } else {
      Node<T> child = add(node.right, range, owner);
      node.right = child;
      if (child.priority > node.priority) {
        top = rotateLeft(node, child);
      }
    }
    top.refresh();
    return top;
  }

  void remove(DatomRange range, T owner) {
    root = remove(root, range, owner);
  }

  private @Nullable Node<T> remove(@Nullable Node<T> node, DatomRange range, T owner) {
    if (node == null) {
      return null;
    }
    int order = compare(range, node.range);
    if (order == 0) {
      node.owners.remove(owner);
      return node.owners.isEmpty() ? merge(node.left, node.right) : node;
    }
    if (order < 0) {
      node.left = remove(node.left, range, owner);
    } else {
      node.right = remove(node.right, range, owner);
    }
    node.refresh();
    return node;
  }

  private static <T> @Nullable Node<T> merge(@Nullable Node<T> low, @Nullable Node<T> high) {
    if (low == null) {
      return high;
    }
    if (high == null) {
      return low;
    }
    if (low.priority > high.priority) {
      low.right = merge(low.right, high);
      low.refresh();
      return low;
    }
    high.left = merge(low, high.left);
    high.refresh();
    return high;
  }

  private static <T> Node<T> rotateRight(Node<T> node, Node<T> child) {
    node.left = child.right;
    child.right = node;
    node.refresh();
    return child;
  }

  private static <T> Node<T> rotateLeft(Node<T> node, Node<T> child) {
    node.right = child.left;
    child.left = node;
    node.refresh();
    return child;
  }

  /// Adds the owners of all ranges that hold the datom.
  void stab(Datom datom, Set<T> hits) {
    stab(root, datom, hits);
  }

  private void stab(@Nullable Node<T> start, Datom datom, Set<T> hits) {
    Node<T> node = start;
    while (node != null && node.furthest.compareDatom(datom) < 0) {
      stab(node.left, datom, hits);
      if (node.range.from().compareDatom(datom) < 0) {
        return; // begins after the datom, and so does everything to the right
      }
      if (node.range.to().compareDatom(datom) < 0) {
        hits.addAll(node.owners);
      }
      node = node.right;
    }
  }

  private static int compare(DatomRange x, DatomRange y) {
    int order = x.from().compareBound(y.from());
    return order != 0 ? order : x.to().compareBound(y.to());
  }

  private static long mix(long x) {
    long z = x * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    return z ^ (z >>> 27);
  }
}
