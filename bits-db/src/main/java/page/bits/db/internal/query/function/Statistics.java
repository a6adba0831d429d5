/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What aggregates compute of the values of a group, of which there is at least one.
///
/// Sums of floating numbers depend on their order, and a group has none: they are sorted first.
final class Statistics {
  private static final int CHOSEN_MAX = 1_000_000;
  private static final Comparator<@Nullable Object> ORDER = Comparisons::compare;

  private Statistics() {}

  static Object sum(List<@Nullable Object> values) {
    boolean isExact = values.stream().noneMatch(Comparisons::isFloating);
    Object sum = 0L;
    for (Object value : isExact ? values : sorted(values)) {
      sum = Arithmetic.add(sum, value);
    }
    return sum;
  }

  static double mean(List<@Nullable Object> values) {
    return Arithmetic.number(sum(values)).doubleValue() / values.size();
  }

  /// The mean of the squares of the differences from the mean: of a whole population.
  static double variance(List<@Nullable Object> values) {
    double mean = mean(values);
    double sum = 0;
    for (Object value : sorted(values)) {
      double difference = Arithmetic.number(value).doubleValue() - mean;
      sum += difference * difference;
    }
    return sum / values.size();
  }

  /// The value in the middle; of an even number of them, the mean of the two, as `/` computes it.
  static @Nullable Object median(List<@Nullable Object> values) {
    List<@Nullable Object> sorted = sorted(values);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : Arithmetic.divide(Arithmetic.add(sorted.get(middle - 1), sorted.get(middle)), 2L);
  }

  private static List<@Nullable Object> sorted(List<@Nullable Object> values) {
    List<@Nullable Object> sorted = new ArrayList<>(values);
    sorted.sort(ORDER);
    return sorted;
  }

  static Object distinct(List<@Nullable Object> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }

  static double deviation(List<@Nullable Object> values) {
    return Math.sqrt(variance(values));
  }

  static @Nullable Object max(List<@Nullable Object> values) {
    Object best = values.getFirst();
    for (Object value : values) {
      best = Comparisons.compare(value, best) > 0 ? value : best;
    }
    return best;
  }

  static @Nullable Object min(List<@Nullable Object> values) {
    Object best = values.getFirst();
    for (Object value : values) {
      best = Comparisons.compare(value, best) < 0 ? value : best;
    }
    return best;
  }

  static Object smallest(int count, List<@Nullable Object> values) {
    List<@Nullable Object> sorted = sorted(values);
    return some(sorted, count);
  }

  static Object largest(int count, List<@Nullable Object> values) {
    return some(sorted(values).reversed(), count);
  }

  private static Object some(List<@Nullable Object> values, int count) {
    return Collections.unmodifiableList(
        new ArrayList<>(values.subList(0, Math.min(count, values.size()))));
  }

  static @Nullable Object random(List<@Nullable Object> values) {
    return values.get(Chance.over(values).below(values.size()));
  }

  /// So many of the values, one perhaps several times.
  static Object random(int count, List<@Nullable Object> values) {
    if (count > CHOSEN_MAX) {
      throw new IllegalArgumentException("more than " + CHOSEN_MAX + " choices");
    }
    Chance chance = Chance.over(values);
    List<@Nullable Object> chosen = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chosen.add(values.get(chance.below(values.size())));
    }
    return Collections.unmodifiableList(chosen);
  }

  /// Up to so many different values.
  static Object sample(int count, List<@Nullable Object> values) {
    Chance chance = Chance.over(values);
    List<@Nullable Object> left = new ArrayList<>(new LinkedHashSet<>(values));
    for (int i = 0; i < Math.min(count, left.size()); i++) {
      Collections.swap(left, i, i + chance.below(left.size() - i));
    }
    return some(left, count);
  }
}
