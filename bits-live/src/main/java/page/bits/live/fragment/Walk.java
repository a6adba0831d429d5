/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.live.Access;
import page.bits.live.Fragment;
import page.bits.live.Guard;
import page.bits.live.Html;
import page.bits.live.Page;
import page.bits.live.Viewer;

/// One attempt to see a page at the moment of its round: guards first, then the tree, down to where
/// something is missing. Runs under the lock of [Fragments].
final class Walk {
  private final LivePage page;
  private final LivePages cells;
  private final Moment moment;
  private final Map<Cell<?>, State<?>> used = new LinkedHashMap<>();
  private final Set<Cell<?>> missing = new LinkedHashSet<>();
  private final Set<Key.Render> shown = new HashSet<>();
  private boolean isViewerMissing;
  private boolean isTangled;

  Walk(LivePage page, Moment moment, LivePages cells) {
    this.page = page;
    this.moment = moment;
    this.cells = cells;
  }

  /// The page; null when something is missing.
  @Nullable Seen see() {
    Page declared = page.key().page();
    for (Guard guard : declared.guards()) {
      Cell<Access> cell = cells.cell(check(declared, guard), page);
      State<Access> answer = state(cell);
      if (answer == null) {
        return null;
      }
      if (!(answer.value() instanceof Access.Allow)) {
        return new Seen.Turned(moment.cursor(), answer.value());
      }
    }
    var root = new Key.Render(declared.root(), page.key().params(), Fragment.None.NONE);
    Node node = node(root);
    return node == null || !missing.isEmpty() || isViewerMissing
        ? null
        : new Snapshot(moment.cursor(), node, wholeBefore());
  }

  private Key.Check check(Page declared, Guard guard) {
    Viewer viewer = page.key().viewer() == null ? Viewer.NOBODY : page.key().viewer();
    return new Key.Check(guard, declared.root().name(), page.key().params(), viewer);
  }

  private <V> @Nullable State<V> state(Cell<V> cell) {
    State<V> state = cells.stateFor(page, cell, moment.t());
    if (state == null) {
      missing.add(cell);
    } else {
      used.put(cell, state);
    }
    return state;
  }

  private @Nullable Node node(Key.Render key) {
    shown.add(key);
    Cell<Rendering> cell = cells.cell(key, page);
    State<Rendering> state = state(cell);
    if (state == null) {
      return null;
    }
    var children = new ArrayList<Node.Place>();
    for (Html.Part part : state.value().parts()) {
      if (part instanceof Html.Part.Hole hole) {
        Node.Place place = place(hole);
        if (place != null) {
          children.add(place);
        }
      }
    }
    Node known = cell.node;
    if (known != null && known.isOf(state, children)) {
      return known;
    }
    var node = new Node(key, state, children);
    if (node.isPure()) {
      cell.node = node;
    }
    return node;
  }

  /// What stands in a hole; null when it is missing, or stands in this page already.
  private Node.@Nullable Place place(Html.Part.Hole hole) {
    Fragment<?> fragment = hole.fragment();
    Viewer viewer = page.key().viewer();
    State<Record> sight = null;
    Record seen = Fragment.None.NONE;
    if (fragment.kind() != Fragment.Kind.SHARED) {
      if (viewer == null) {
        isViewerMissing = true;
        return null;
      }
      seen = viewer;
    }
    if (fragment.kind() == Fragment.Kind.SCOPED && viewer != null) {
      sight = state(cells.cell(new Key.Sight(fragment, viewer), page));
      if (sight == null) {
        return null;
      }
      seen = sight.value();
    }
    var key = new Key.Render(fragment, hole.params(), seen);
    if (shown.contains(key)) {
      isTangled = true;
      return null;
    }
    Node node = node(key);
    return node == null ? null : new Node.Place(node, sight);
  }

  Set<Cell<?>> missing() {
    return missing;
  }

  Set<Cell<?>> used() {
    return used.keySet();
  }

  /// Whether the page shows something of its viewer and was made for everybody.
  boolean isViewerMissing() {
    return isViewerMissing;
  }

  /// Who gets the whole page: everybody while a fragment stands at two places, and then all who saw
  /// that. The second place is left empty, so what a place shows depends on other places.
  long wholeBefore() {
    boolean wasTangled = page.wholeBefore == Long.MAX_VALUE;
    return isTangled ? Long.MAX_VALUE : wasTangled ? moment.t() : page.wholeBefore;
  }

  /// The last point at which all that was used is right; null when all of it still is.
  @Nullable Cursor through() {
    Cursor first = null;
    for (State<?> state : used.values()) {
      Cursor end = state.through();
      if (end != null && (first == null || end.t() < first.t())) {
        first = end;
      }
    }
    return first;
  }
}
