/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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
  long version;
  long snapshotVersion = -1;
  @Nullable Snapshot snapshot;

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
}
