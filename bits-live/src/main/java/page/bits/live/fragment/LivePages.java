/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import page.bits.db.Datom;
import page.bits.db.ReadSet;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.LiveErrors;
import page.bits.live.match.IntervalIndex;
import page.bits.live.match.RangeIndex;

/// The pages that somebody watches or asked for, the fragments in their trees, and what those read.
/// Guarded by the lock of [Fragments].
final class LivePages {
  private final int pagesMax;
  private final RangeIndex<LiveFragment> reads = new IntervalIndex<>();
  private final Map<LiveFragment.Key, LiveFragment> fragments = new HashMap<>();
  private final Map<LiveFragment.Key, LivePage> pages = new HashMap<>();

  LivePages(int pagesMax) {
    this.pagesMax = pagesMax;
  }

  Collection<LivePage> all() {
    return Collections.unmodifiableCollection(pages.values());
  }

  /// The page; made when it is not there, and unused ones make room for it.
  LivePage page(LiveFragment.Key key) {
    LivePage page = pages.get(key);
    if (page == null) {
      if (pages.size() >= pagesMax) {
        dropUnused(Long.MAX_VALUE);
        if (pages.size() >= pagesMax) {
          throw LiveErrors.overloaded("pages");
        }
      }
      page = new LivePage(fragment(key));
      page.root.pages.add(page);
      pages.put(key, page);
    }
    page.usedNanos = System.nanoTime();
    return page;
  }

  private LiveFragment fragment(LiveFragment.Key key) {
    return fragments.computeIfAbsent(key, LiveFragment::new);
  }

  /// Those whose output the datoms may change.
  Iterable<LiveFragment> touchedBy(List<Datom> datoms) {
    return reads.touchedBy(datoms);
  }

  /// Says what the fragment's newest output was made of.
  void put(LiveFragment fragment, ReadSet read) {
    reads.put(fragment, read);
  }

  /// The fragments in the holes of a markup; they are made where they are not there.
  List<LiveFragment> children(Html html) {
    var children = new LinkedHashSet<LiveFragment>();
    for (Html.Part part : html.parts()) {
      if (part instanceof Html.Part.Hole(Fragment<?> inner, Object params)) {
        children.add(fragment(new LiveFragment.Key(inner, params)));
      }
    }
    return List.copyOf(children);
  }

  /// Makes the page's tree the one that is rendered now; false when the page was dropped meanwhile.
  boolean follow(LivePage page) {
    List<LiveFragment> tree = page.root.walk();
    var now = new HashSet<>(tree);
    for (LiveFragment before : page.tree) {
      if (!now.contains(before)) {
        leave(before, page);
      }
    }
    if (pages.get(page.root.key()) != page) {
      tree.forEach(fragment -> leave(fragment, page));
      return false;
    }
    tree.forEach(fragment -> fragment.pages.add(page));
    page.tree = tree;
    page.version++;
    return true;
  }

  private void leave(LiveFragment fragment, LivePage page) {
    fragment.pages.remove(page);
    if (fragment.pages.isEmpty()) {
      fragments.remove(fragment.key());
      reads.remove(fragment);
    }
  }

  /// Drops the pages that nobody wants and nobody used since; `Long.MAX_VALUE` for all of them.
  void dropUnused(long usedBefore) {
    pages
        .values()
        .removeIf(
            page -> {
              boolean isOld = usedBefore == Long.MAX_VALUE || page.usedNanos - usedBefore < 0;
              if (page.isWanted() || !isOld) {
                return false;
              }
              page.tree.forEach(fragment -> leave(fragment, page));
              return true;
            });
  }
}
