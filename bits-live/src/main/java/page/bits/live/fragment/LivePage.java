/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;

/// A page that somebody watches or asked for: the root of a tree. Its fields are read and written
/// under the lock of [Fragments].
public final class LivePage {
  final LiveFragment root;
  final Set<Signal> watchers = ConcurrentHashMap.newKeySet();

  /// The fragments of the tree as last rendered, root first.
  List<LiveFragment> tree;

  /// How many requests wait for this page.
  int demand;

  long usedNanos;

  /// Raised with every change that can make another snapshot.
  long version;

  private long snapshotVersion = -1;
  private @Nullable Snapshot snapshot;

  LivePage(LiveFragment root) {
    this.root = root;
    this.tree = List.of(root);
  }

  boolean isWanted() {
    return demand > 0 || !watchers.isEmpty();
  }

  boolean needsRender() {
    for (LiveFragment fragment : tree) {
      if (fragment.needsRender()) {
        return true;
      }
    }
    return false;
  }

  /// When it may be rendered: once every fragment that needs it may be.
  long dueNanos(long intervalNanos, long now) {
    long due = now;
    for (LiveFragment fragment : tree) {
      if (fragment.state != null && fragment.validThrough != null) {
        due = Math.max(due, fragment.renderedNanos + intervalNanos);
      }
    }
    return due;
  }

  /// The newest state at or before `moment` at which every fragment of the page is right, made
  /// once; null when there is none.
  @Nullable Snapshot snapshotAt(Cursor moment) {
    Cursor at = moment;
    List<LiveFragment> shown = root.walk(); // in the middle of a round not yet the tree
    for (LiveFragment fragment : shown) {
      Cursor through = fragment.validThrough;
      if (through != null && through.t() < at.t()) {
        at = through;
      }
    }
    Snapshot known = snapshot;
    if (known != null && snapshotVersion == version && known.at().equals(at)) {
      return known;
    }
    for (LiveFragment fragment : shown) {
      if (!Rendered.isValid(fragment.state, fragment.validThrough, at.t())) {
        return null;
      }
    }
    var fresh = new Snapshot(at, node(root, new HashSet<>()));
    snapshot = fresh;
    snapshotVersion = version;
    return fresh;
  }

  private static Snapshot.Node node(LiveFragment fragment, Set<LiveFragment> seen) {
    seen.add(fragment);
    var children = new ArrayList<Snapshot.Node>();
    for (LiveFragment child : fragment.children) {
      if (!seen.contains(child)) {
        children.add(node(child, seen));
      }
    }
    return new Snapshot.Node(
        fragment, Objects.requireNonNull(fragment.state), List.copyOf(children));
  }
}
