/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.differential;

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

/// Makes a program smaller by deletion for as long as it shows the same difference: whole steps
/// first, then elements of the forms inside them.
public final class Shrinker {
  private static final int TRIES = 3_000;

  private final Predicate<Program> shows;
  private int tries;

  private Shrinker(Predicate<Program> shows) {
    this.shows = shows;
  }

  /// The smallest program that was found; `shows` says whether a program still shows the
  /// difference.
  public static Program shrink(Program program, Predicate<Program> shows) {
    return new Shrinker(shows).shrink(program);
  }

  private Program shrink(Program program) {
    Program smallest = program;
    boolean isSmaller = true;
    while (isSmaller) {
      isSmaller = false;
      for (Program candidate : candidates(smallest)) {
        if (tries++ < TRIES && shows.test(candidate)) {
          smallest = candidate;
          isSmaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static List<Program> candidates(Program program) {
    var candidates = new ArrayList<Program>();
    List<Map<?, ?>> steps = program.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      candidates.add(new Program(without(steps, i)));
    }
    for (int i = 0; i < steps.size(); i++) {
      int at = i;
      smaller(
          steps.get(i),
          step -> {
            var changed = new ArrayList<>(steps);
            changed.set(at, (Map<?, ?>) step);
            candidates.add(new Program(changed));
          });
    }
    return candidates;
  }

  private static <T extends @Nullable Object> List<T> without(List<T> list, int index) {
    var shorter = new ArrayList<>(list);
    shorter.remove(index);
    return shorter;
  }

  /// Every form that comes of the given one by deleting one element anywhere inside.
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
    for (int i = 0; i < list.size(); i++) {
      found.accept(like(isCall, without(new ArrayList<@Nullable Object>(list), i)));
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

  private static Object like(boolean isCall, List<@Nullable Object> elements) {
    return isCall ? EdnList.of(elements.toArray()) : elements;
  }

  private static void smallerMap(Map<?, ?> map, Consumer<Object> found) {
    for (Object key : map.keySet()) {
      var without = new LinkedHashMap<@Nullable Object, @Nullable Object>(map);
      without.remove(key);
      found.accept(without);
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
