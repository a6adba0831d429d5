/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.live.Page;
import page.bits.live.Viewer;

/// A page that somebody watches or asked for: the root of a tree. Its fields are read and written
/// under the lock of [Fragments].
final class LivePage {
  private final Key key;
  private final String network;
  final Set<Signal> watchers = new HashSet<>(2);

  /// The cells that it was last made of, or is being made of.
  Set<Cell<?>> tree = new LinkedHashSet<>(4);

  /// The moment on which it is being made; null when it is not.
  @Nullable Moment round;

  /// What was found so far for the moment of the round: kept, whatever comes meanwhile.
  final Map<Cell<?>, State<?>> found = new IdentityHashMap<>(0);

  /// What was made last, and the last point at which all of it is right; null while it still is.
  @Nullable Seen seen;

  @Nullable Cursor through;

  /// Viewers with an older state than this t get the whole page.
  long wholeBefore;

  /// Set when a page that was made for everybody turns out to show something of its viewer.
  boolean isLeft;

  long usedNanos;

  /// `viewer` is null while the page is the same for everybody.
  record Key(Page page, Page.Params params, @Nullable Viewer viewer) {}

  /// Made when somebody of that network asked for it first.
  LivePage(Key key, String network) {
    this.key = key;
    this.network = network;
  }

  String network() {
    return network;
  }

  Key key() {
    return key;
  }

  /// Takes in what was made; false when that is what was seen of the same point before.
  boolean show(Seen made) {
    Seen before = seen;
    boolean isAgain = before != null && before.at().equals(made.at());
    if (isAgain && before instanceof Snapshot old && made instanceof Snapshot fresh) {
      if (old.html().equals(fresh.html())) {
        return false;
      }
      seen = fresh.mended(old);
      return true;
    }
    seen = made;
    return true;
  }

  boolean isWanted() {
    return !watchers.isEmpty();
  }

  /// Whether it has to be made again before it can be shown as it is now.
  boolean isStale() {
    return seen == null || through != null;
  }

  /// The newest state that is right at or before `moment`; null when there is none.
  @Nullable Seen seenAt(Cursor moment) {
    Cursor at = through == null ? moment : through;
    return switch (seen) {
      case null -> null;
      case Seen.Turned turned -> new Seen.Turned(at, turned.access());
      case Snapshot snapshot -> {
        Snapshot now = snapshot.at(at);
        seen = now;
        yield now;
      }
    };
  }
}
