/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.query.algebra.Function;

/// What makes lists, sets and maps, and what they hold.
final class CollectionFunctions {
  private CollectionFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.pure("tuple", 1, Function.ANY, CollectionFunctions::vector),
        Function.pure("untuple", 1, 1, x -> list(x[0])),
        Function.pure("vector", 0, Function.ANY, CollectionFunctions::vector),
        Function.pure("list", 0, Function.ANY, CollectionFunctions::vector),
        Function.pure("hash-set", 0, Function.ANY, x -> set(Arrays.asList(x))),
        Function.pure("set", 1, 1, x -> set(elements(x[0]))),
        Function.pure("vec", 1, 1, x -> Collections.unmodifiableList(elements(x[0]))),
        Function.pure("hash-map", 0, Function.ANY, CollectionFunctions::map),
        Function.pure("count", 1, 1, x -> count(x[0])),
        Function.pure("empty?", 1, 1, x -> count(x[0]) == 0),
        Function.pure("first", 1, 1, x -> at(elements(x[0]), 0)),
        Function.pure("second", 1, 1, x -> at(elements(x[0]), 1)),
        Function.pure("last", 1, 1, x -> last(elements(x[0]))),
        Function.pure("nth", 2, 3, CollectionFunctions::nth),
        Function.pure("get", 2, 3, CollectionFunctions::get),
        Function.pure("contains?", 2, 2, x -> contains(x[0], x[1])),
        Function.pure("keys", 1, 1, x -> List.copyOf(asMap(x[0]).keySet())),
        Function.pure("vals", 1, 1, x -> new ArrayList<Object>(asMap(x[0]).values())));
  }

  private static Object vector(@Nullable Object[] elements) {
    return Collections.unmodifiableList(Arrays.asList(elements));
  }

  private static Object set(Collection<?> elements) {
    return Collections.unmodifiableSet(new LinkedHashSet<@Nullable Object>(elements));
  }

  private static Object map(@Nullable Object[] x) {
    if (x.length % 2 != 0) {
      throw new IllegalArgumentException("a key without a value");
    }
    var map = new LinkedHashMap<@Nullable Object, @Nullable Object>();
    for (int i = 0; i < x.length; i += 2) {
      map.put(x[i], x[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("not a list: " + Shown.typeOf(value));
  }

  private static Map<?, ?> asMap(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("not a map: " + Shown.typeOf(value));
  }

  /// The elements in their order; those of a string are texts of one character, of a map pairs.
  private static List<@Nullable Object> elements(@Nullable Object value) {
    var elements = new ArrayList<@Nullable Object>();
    switch (value) {
      case null -> {}
      case Collection<?> collection -> elements.addAll(collection);
      case Map<?, ?> map ->
          map.forEach((key, element) -> elements.add(Arrays.asList(key, element)));
      case String text -> text.codePoints().mapToObj(Character::toString).forEach(elements::add);
      default -> throw new IllegalArgumentException("not a collection: " + Shown.typeOf(value));
    }
    return elements;
  }

  static Long count(@Nullable Object value) {
    return switch (value) {
      case null -> 0L;
      case String text -> (long) text.length();
      case Collection<?> collection -> (long) collection.size();
      case Map<?, ?> map -> (long) map.size();
      default -> throw new IllegalArgumentException("cannot count " + Shown.typeOf(value));
    };
  }

  private static @Nullable Object at(List<@Nullable Object> elements, int position) {
    return position < elements.size() ? elements.get(position) : null;
  }

  private static @Nullable Object last(List<@Nullable Object> elements) {
    return elements.isEmpty() ? null : elements.getLast();
  }

  private static @Nullable Object nth(@Nullable Object[] x) {
    List<@Nullable Object> elements = elements(x[0]);
    if (x[1] instanceof Long n && n >= 0 && n < elements.size()) {
      return elements.get(Math.toIntExact(n));
    }
    if (x.length == 3) {
      return x[2];
    }
    throw new IllegalArgumentException("not a position in the list");
  }

  private static @Nullable Object get(@Nullable Object[] x) {
    Object otherwise = x.length == 3 ? x[2] : null;
    return switch (x[0]) {
      case Map<?, ?> map -> map.containsKey(x[1]) ? map.get(x[1]) : otherwise;
      case Set<?> set -> set.contains(x[1]) ? x[1] : otherwise;
      case List<?> list ->
          x[1] instanceof Long n && n >= 0 && n < list.size()
              ? list.get(Math.toIntExact(n))
              : otherwise;
      case null, default -> otherwise;
    };
  }

  private static boolean contains(@Nullable Object collection, @Nullable Object key) {
    return switch (collection) {
      case Map<?, ?> map -> map.containsKey(key);
      case Set<?> set -> set.contains(key);
      case List<?> list -> key instanceof Long n && n >= 0 && n < list.size();
      case null -> false;
      default ->
          throw new IllegalArgumentException("not a collection: " + Shown.typeOf(collection));
    };
  }
}
