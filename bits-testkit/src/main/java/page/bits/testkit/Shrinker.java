/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import page.bits.edn.EdnList;

/// Makes a failing case smaller by deletion for as long as it fails. A case is EDN: elements of
/// lists, sets and maps go, at the top before those inside, of long lists many at once.
///
/// What is left over may be no case at all, a query without its `:find` for example; `fails` says
/// false of that.
public final class Shrinker {
  private static final int TRIES = 3_000;

  private final Predicate<Object> fails;
  private int tries;

  private Shrinker(Predicate<Object> fails) {
    this.fails = fails;
  }

  /// The smallest case that was found.
  public static Object shrink(Object failing, Predicate<Object> fails) {
    return new Shrinker(fails).shrink(failing);
  }

  private Object shrink(Object failing) {
    Object smallest = failing;
    boolean isSmaller = true;
    while (isSmaller) {
      isSmaller = false;
      var candidates = new ArrayList<Object>();
      smaller(smallest, candidates::add);
      for (Object candidate : candidates) {
        if (tries++ < TRIES && fails.test(candidate)) {
          smallest = candidate;
          isSmaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  /// Every form that comes of the given one by deleting elements of one list, set or map in it.
  private static void smaller(@Nullable Object form, Consumer<Object> found) {
    switch (form) {
      case List<?> list -> smallerList(list, found);
      case Set<?> set ->
          smallerList(
              new ArrayList<>(set), list -> found.accept(new LinkedHashSet<>((List<?>) list)));
      case Map<?, ?> map -> smallerMap(map, found);
      case null, default -> {}
    }
  }

  private static void smallerList(List<?> list, Consumer<Object> found) {
    boolean isCall = list instanceof EdnList;
    for (int count = Math.max(1, list.size() / 2); count > 0; count /= 2) {
      for (int end = list.size(); end >= count; end -= count) {
        found.accept(like(isCall, without(list, end - count, end)));
      }
    }
    for (int i = 0; i < list.size(); i++) {
      int at = i;
      smaller(
          list.get(i),
          element -> {
            var changed = new ArrayList<@Nullable Object>(list);
            changed.set(at, element);
            found.accept(like(isCall, changed));
          });
    }
  }

  /// The list without the elements from `start` (inclusive) to `end` (exclusive).
  private static List<@Nullable Object> without(List<?> list, int start, int end) {
    var shorter = new ArrayList<@Nullable Object>(list);
    shorter.subList(start, end).clear();
    return shorter;
  }

  private static Object like(boolean isCall, List<@Nullable Object> elements) {
    return isCall ? EdnList.of(elements.toArray()) : elements;
  }

  private static void smallerMap(Map<?, ?> map, Consumer<Object> found) {
    for (Object key : map.keySet()) {
      var without = new LinkedHashMap<@Nullable Object, @Nullable Object>(map);
      without.remove(key);
      found.accept(without);
    }
    for (Object key : map.keySet()) {
      smaller(
          map.get(key),
          value -> {
            var changed = new LinkedHashMap<@Nullable Object, @Nullable Object>(map);
            changed.put(key, value);
            found.accept(changed);
          });
    }
  }
}
