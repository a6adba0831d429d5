/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import page.bits.db.internal.schema.NearNames;
import page.bits.edn.Symbol;

/// The aggregates: each makes one value of the values of a group, of which there is at least one.
enum AggregateFunction {
  /// How many rows the group has.
  COUNT {
    @Override
    Object apply(List<Object> values) {
      return (long) values.size();
    }
  },
  /// How many different values.
  COUNT_DISTINCT {
    @Override
    Object apply(List<Object> values) {
      return (long) new HashSet<>(values).size();
    }
  },
  MAX {
    @Override
    Object apply(List<Object> values) {
      return values.stream().reduce((x, y) -> Comparisons.compare(y, x) > 0 ? y : x).orElseThrow();
    }
  },
  MIN {
    @Override
    Object apply(List<Object> values) {
      return values.stream().reduce((x, y) -> Comparisons.compare(y, x) < 0 ? y : x).orElseThrow();
    }
  },
  SUM {
    @Override
    Object apply(List<Object> values) {
      return values.stream().reduce(Arithmetic::add).orElseThrow();
    }
  },
  /// The mean, always a `Double`.
  AVG {
    @Override
    Object apply(List<Object> values) {
      Object sum = values.stream().reduce(Arithmetic::add).orElseThrow();
      return Arithmetic.number(sum).doubleValue() / values.size();
    }
  };

  private static final Set<String> NOT_BUILT =
      Set.of("distinct", "median", "stddev", "variance", "rand", "sample");

  abstract Object apply(List<Object> values);

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static AggregateFunction named(Symbol name, Object form) {
    for (AggregateFunction function : values()) {
      if (function.text().equals(name.toString())) {
        return function;
      }
    }
    if (NOT_BUILT.contains(name.toString())) {
      throw QueryErrors.unsupported(name.toString(), form);
    }
    if (name.namespace().isPresent()) {
      throw QueryErrors.unsupported("functions of the class path", form);
    }
    throw QueryErrors.unknownFunction(
        name.toString(),
        form,
        NearNames.of(
            name.toString(), Arrays.stream(values()).map(AggregateFunction::text).toList()));
  }
}
