/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One computation that some page needs, with its newest state. Its fields are read and written
/// under the lock of [Fragments].
final class Cell<V> {
  private final Key<V> key;

  /// The pages whose tree holds it.
  final Set<LivePage> pages = new HashSet<>(2);

  @Nullable State<V> state;

  /// The job that computes it, waiting or running; at most one.
  @Nullable Job job;

  /// When it may be computed again.
  long dueNanos;

  /// The node made last of its newest state, for all pages whose tree is the same from here on.
  @Nullable Node node;

  Cell(Key<V> key, long now) {
    this.key = key;
    this.dueNanos = now;
  }

  Key<V> key() {
    return key;
  }

  /// Whether its newest state is an error that may have passed since, without any change.
  boolean mayHavePassed;

  /// Whether that was taken back to compute it again.
  boolean isAgain;

  boolean isStale() {
    return state == null || state.through() != null;
  }
}
