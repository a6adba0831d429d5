/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A map in the order of its insertion whose lookup costs O(log n) comparisons whatever the hash
/// codes of its keys are.
///
/// Filled by [EdnEntries], unchanged afterwards.
final class EdnOrderedMap extends AbstractMap<@Nullable Object, @Nullable Object> {
  private final List<Entry<@Nullable Object, @Nullable Object>> entries = new ArrayList<>();
  private final TreeMap<@Nullable Object, Entry<@Nullable Object, @Nullable Object>> index =
      new TreeMap<>(EdnOrder.INSTANCE);

  EdnOrderedMap(Map<@Nullable Object, @Nullable Object> start) {
    start.forEach(this::add);
  }

  boolean add(@Nullable Object key, @Nullable Object value) {
    var entry = new SimpleImmutableEntry<@Nullable Object, @Nullable Object>(key, value);
    if (index.putIfAbsent(key, entry) != null) {
      return false;
    }
    entries.add(entry);
    return true;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return index.containsKey(key);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    var entry = index.get(key);
    return entry == null ? null : entry.getValue();
  }

  @Override
  public Set<Entry<@Nullable Object, @Nullable Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<@Nullable Object, @Nullable Object>> iterator() {
        return entries.iterator();
      }

      @Override
      public int size() {
        return entries.size();
      }
    };
  }
}
