/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import page.bits.db.internal.query.algebra.Aggregate;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.schema.NearNames;
import page.bits.edn.Symbol;

/// The built-in aggregates, by name.
public final class Aggregates {
  private static final Map<String, Aggregate> ALL = new HashMap<>();

  private static final Set<String> NOT_BUILT =
      Set.of("distinct", "median", "stddev", "variance", "rand", "sample");

  static {
    put("count", values -> (long) values.size());
    put("count-distinct", values -> (long) new HashSet<>(values).size());
    put(
        "max",
        values ->
            values.stream().reduce((x, y) -> Comparisons.compare(y, x) > 0 ? y : x).orElseThrow());
    put(
        "min",
        values ->
            values.stream().reduce((x, y) -> Comparisons.compare(y, x) < 0 ? y : x).orElseThrow());
    put("sum", Aggregates::sum);
    put("avg", values -> Arithmetic.number(sum(values)).doubleValue() / values.size());
  }

  private Aggregates() {}

  @SuppressWarnings("unchecked") // the place of the variable
  private static void put(String name, Function<List<Object>, Object> body) {
    ALL.put(
        name,
        new Aggregate(
            name,
            1,
            1,
            x ->
                body.apply(
                    (List<Object>) List.copyOf((List<?>) java.util.Objects.requireNonNull(x[0])))));
  }

  private static Object sum(List<Object> values) {
    return values.stream().reduce(Arithmetic::add).orElseThrow();
  }

  public static Aggregate named(Symbol symbol, Object form) {
    String name = symbol.toString();
    Aggregate found = ALL.get(name);
    if (found != null) {
      return found;
    }
    if (NOT_BUILT.contains(name)) {
      throw QueryErrors.unsupported(name, form);
    }
    if (symbol.namespace().isPresent()) {
      throw QueryErrors.unsupported("functions of the class path", form);
    }
    throw QueryErrors.unknownFunction(name, form, NearNames.of(name, ALL.keySet()));
  }
}
