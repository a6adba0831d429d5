/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Aggregate;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.schema.NearNames;
import page.bits.edn.Symbol;

/// The built-in aggregates by name, and those that are registered.
public final class Aggregates {
  private static final Map<String, Aggregate> ALL = new HashMap<>();

  static {
    one("count", values -> (long) values.size());
    one("count-distinct", values -> (long) new HashSet<>(values).size());
    one("distinct", Statistics::distinct);
    one("sum", Statistics::sum);
    one("avg", Statistics::mean);
    one("median", Statistics::median);
    one("variance", Statistics::variance);
    one("stddev", Statistics::deviation);
    oneOrSome("max", Statistics::max, Statistics::largest);
    oneOrSome("min", Statistics::min, Statistics::smallest);
    oneOrSome("rand", Statistics::random, Statistics::random);
    ALL.put(
        "sample", new Aggregate("sample", 2, 2, x -> Statistics.sample(count(x[0]), values(x[1]))));
  }

  private interface Of {
    @Nullable Object apply(List<@Nullable Object> values);
  }

  private interface SomeOf {
    Object apply(int count, List<@Nullable Object> values);
  }

  private Aggregates() {}

  private static void one(String name, Of body) {
    ALL.put(name, new Aggregate(name, 1, 1, x -> body.apply(values(x[0]))));
  }

  private static void oneOrSome(String name, Of one, SomeOf some) {
    Aggregate.Body body =
        x -> x.length == 1 ? one.apply(values(x[0])) : some.apply(count(x[0]), values(x[1]));
    ALL.put(name, new Aggregate(name, 1, 2, body));
  }

  private static List<@Nullable Object> values(@Nullable Object argument) {
    if (argument instanceof Aggregate.Values group) {
      return group.values();
    }
    throw new IllegalArgumentException("the variable stands last");
  }

  private static int count(@Nullable Object argument) {
    if (argument instanceof Long n && n >= 0 && n <= Integer.MAX_VALUE) {
      return Math.toIntExact(n);
    }
    throw new IllegalArgumentException("how many is a whole number, not negative");
  }

  public static Aggregate named(Symbol symbol, Object form) {
    String name = symbol.toString();
    Aggregate found = ALL.get(name);
    if (found != null) {
      return found;
    }
    return Registered.aggregate(name)
        .orElseThrow(() -> QueryErrors.invalidAggregate(name, form, NearNames.of(name, known())));
  }

  private static List<String> known() {
    List<String> known = new ArrayList<>(ALL.keySet());
    known.addAll(Registered.aggregateNames());
    return known;
  }
}
