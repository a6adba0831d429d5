/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import page.bits.edn.Symbol;

/// Aggregates for the reference evaluator, over different values of a group.
final class ReferenceAggregates {
  private static final List<String> ANY =
      List.of("(count %s)", "(count-distinct %s)", "(distinct %s)");
  private static final List<String> NUMBERS =
      List.of("(sum %s)", "(avg %s)", "(median %s)", "(variance %s)", "(max %s)", "(min 2 %s)");

  private ReferenceAggregates() {}

  /// The aggregates that fit values of this variable.
  static List<String> of(Symbol value) {
    return value.name().startsWith("?n") ? NUMBERS : ANY;
  }

  static Set<List<Object>> rows(String aggregate, Set<List<Object>> pairs) {
    Map<Object, Set<Object>> groups = new LinkedHashMap<>();
    pairs.forEach(
        pair -> groups.computeIfAbsent(pair.getFirst(), _ -> new HashSet<>()).add(pair.getLast()));
    return groups.entrySet().stream()
        .map(group -> List.of(group.getKey(), value(aggregate, group.getValue())))
        .collect(Collectors.toSet());
  }

  private static Object value(String aggregate, Set<Object> values) {
    return switch (aggregate) {
      case "(count %s)", "(count-distinct %s)" -> (long) values.size();
      case "(distinct %s)" -> values;
      default -> ofNumbers(aggregate, values);
    };
  }

  private static Object ofNumbers(String aggregate, Set<Object> values) {
    List<Long> sorted =
        new TreeSet<>(values.stream().map(Long.class::cast).toList()).stream().toList();
    long sum = sorted.stream().mapToLong(Long::longValue).sum();
    double mean = (double) sum / sorted.size();
    return switch (aggregate) {
      case "(sum %s)" -> (Object) sum;
      case "(avg %s)" -> mean;
      case "(max %s)" -> Collections.max(sorted);
      case "(min 2 %s)" -> sorted.subList(0, Math.min(2, sorted.size()));
      case "(median %s)" ->
          (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
      default ->
          sorted.stream().mapToDouble(n -> (n - mean) * (n - mean)).reduce(0, Double::sum)
              / sorted.size();
    };
  }
}
