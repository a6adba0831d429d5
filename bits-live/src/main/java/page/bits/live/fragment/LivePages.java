/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.ReadSet;
import page.bits.live.LiveErrors;
import page.bits.live.LiveSettings;
import page.bits.live.Page;
import page.bits.live.match.IntervalIndex;
import page.bits.live.match.RangeIndex;

/// The pages that somebody watches or asked for, the cells in their trees, and what those read.
/// Guarded by the lock of [Fragments].
final class LivePages {
  private final int pagesMax;
  private final int perNetworkMax;
  private final Consumer<LivePage> whenDropped;
  private final RangeIndex<Cell<?>> reads = new IntervalIndex<>();
  private final Map<Key<?>, Cell<?>> cells = new HashMap<>();
  private final Map<LivePage.Key, LivePage> pages = new HashMap<>();

  /// The pages by who asked for them first.
  private final Map<String, Set<LivePage>> ofNetwork = new HashMap<>();

  /// The pages that show something of their viewers, as far as it was seen.
  private final Set<Page> seeing = new HashSet<>();

  LivePages(LiveSettings settings, Consumer<LivePage> whenDropped) {
    this.pagesMax = settings.pagesMax();
    this.perNetworkMax = settings.perAddress().pagesMax();
    this.whenDropped = whenDropped;
  }

  Collection<LivePage> all() {
    return Collections.unmodifiableCollection(pages.values());
  }

  /// The page as this viewer sees it; one for all while it shows nothing of its viewers. Made when
  /// it is not there, and unused ones make room for it.
  LivePage page(Visit visit) {
    Page page = visit.page();
    boolean isSeeing = !page.guards().isEmpty() || seeing.contains(page);
    var key = new LivePage.Key(page, visit.params(), isSeeing ? visit.viewer() : null);
    LivePage live = pages.get(key);
    if (live == null) {
      live = new LivePage(key, visit.network());
      makeRoom(live.network());
      pages.put(key, live);
      ofNetwork.computeIfAbsent(live.network(), _ -> new HashSet<>()).add(live);
    }
    live.usedNanos = System.nanoTime();
    return live;
  }

  /// For one page more: first those go that nobody wants of the network that has too many.
  private void makeRoom(String network) {
    if (countOf(network) >= perNetworkMax) {
      drop(ofNetwork.getOrDefault(network, Set.of()), page -> !page.isWanted());
      if (countOf(network) >= perNetworkMax) {
        throw LiveErrors.addressLimit("pages", perNetworkMax);
      }
    }
    if (pages.size() >= pagesMax) {
      drop(pages.values(), page -> !page.isWanted());
      if (pages.size() >= pagesMax) {
        throw LiveErrors.overloaded("pages");
      }
    }
  }

  private int countOf(String network) {
    return ofNetwork.getOrDefault(network, Set.of()).size();
  }

  /// From now on there is one of this page for each viewer.
  void split(LivePage live) {
    live.isLeft = true;
    seeing.add(live.key().page());
  }

  /// The cell, as a part of this page's tree.
  @SuppressWarnings("unchecked") // a cell is stored under its own key
  <V> Cell<V> cell(Key<V> key, LivePage page) {
    var cell = (Cell<V>) cells.computeIfAbsent(key, each -> new Cell<>(each, System.nanoTime()));
    if (page.tree.add(cell)) {
      cell.pages.add(page);
    }
    return cell;
  }

  /// The cell's state at the moment of the page's round; what is found once stays found. Null when
  /// there is none.
  @SuppressWarnings("unchecked") // a cell's states are of its type
  <V> @Nullable State<V> stateFor(LivePage page, Cell<V> cell, long t) {
    var found = (State<V>) page.found.get(cell);
    if (found != null) {
      return found;
    }
    State<V> state = cell.state;
    if (state == null || !state.isRightAt(t)) {
      return null;
    }
    page.found.put(cell, state);
    return state;
  }

  /// Those whose value the datoms may change.
  Iterable<Cell<?>> touchedBy(List<Datom> datoms) {
    return reads.touchedBy(datoms);
  }

  /// Says what the cell's newest value was made of, until it ends.
  void put(Cell<?> cell, ReadSet read) {
    reads.put(cell, read);
  }

  /// The cell's newest value has ended: no report can say more about it.
  void ended(Cell<?> cell) {
    reads.remove(cell);
  }

  /// Makes the page's tree what was used now.
  void follow(LivePage page, Set<Cell<?>> used) {
    page.tree.removeIf(
        cell -> {
          boolean isGone = !used.contains(cell);
          if (isGone) {
            leave(cell, page);
          }
          return isGone;
        });
  }

  private void leave(Cell<?> cell, LivePage page) {
    cell.pages.remove(page);
    if (cell.pages.isEmpty()) {
      cells.remove(cell.key());
      reads.remove(cell);
    }
  }

  /// Drops the pages that nobody wants and nobody used since.
  void dropUnused(long usedBefore) {
    drop(pages.values(), page -> !page.isWanted() && page.usedNanos - usedBefore < 0);
  }

  private void drop(Collection<LivePage> from, Predicate<LivePage> isToGo) {
    from.stream().filter(isToGo).toList().forEach(this::drop);
  }

  private void drop(LivePage page) {
    pages.remove(page.key());
    ofNetwork.computeIfPresent(
        page.network(),
        (_, own) -> {
          own.remove(page);
          return own.isEmpty() ? null : own;
        });
    page.tree.forEach(cell -> leave(cell, page));
    page.tree.clear();
    whenDropped.accept(page);
  }
}
