/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.query.algebra.Function;

/// Comparison, arithmetic, and what makes and measures values.
public final class CoreFunctions {
  private CoreFunctions() {}

  public static List<Function> all() {
    var all = new ArrayList<Function>();
    all.addAll(comparisons());
    all.addAll(arithmetic());
    all.addAll(numberTests());
    all.addAll(values());
    return all;
  }

  private static List<Function> comparisons() {
    return List.of(
        Function.pure("=", 2, 2, x -> Comparisons.equal(x[0], x[1])),
        Function.pure("!=", 2, 2, x -> !Comparisons.equal(x[0], x[1])),
        Function.pure("not=", 2, 2, x -> !Comparisons.equal(x[0], x[1])),
        Function.pure("<", 2, 2, x -> Comparisons.compare(x[0], x[1]) < 0),
        Function.pure("<=", 2, 2, x -> Comparisons.compare(x[0], x[1]) <= 0),
        Function.pure(">", 2, 2, x -> Comparisons.compare(x[0], x[1]) > 0),
        Function.pure(">=", 2, 2, x -> Comparisons.compare(x[0], x[1]) >= 0),
        Function.pure("compare", 2, 2, x -> (long) Comparisons.compare(x[0], x[1])));
  }

  private static List<Function> arithmetic() {
    return List.of(
        Function.pure("+", 2, 2, x -> Arithmetic.add(x[0], x[1])),
        Function.pure("-", 2, 2, x -> Arithmetic.subtract(x[0], x[1])),
        Function.pure("*", 2, 2, x -> Arithmetic.multiply(x[0], x[1])),
        Function.pure("/", 2, 2, x -> Arithmetic.divide(x[0], x[1])),
        Function.pure("rem", 2, 2, x -> Arithmetic.remainder(x[0], x[1])),
        Function.pure("mod", 2, 2, x -> Arithmetic.modulo(x[0], x[1])),
        Function.pure("inc", 1, 1, x -> Arithmetic.add(x[0], 1L)),
        Function.pure("dec", 1, 1, x -> Arithmetic.subtract(x[0], 1L)));
  }

  private static List<Function> numberTests() {
    return List.of(
        Function.pure("zero?", 1, 1, x -> Arithmetic.sign(x[0]) == 0),
        Function.pure("pos?", 1, 1, x -> Arithmetic.sign(x[0]) > 0),
        Function.pure("neg?", 1, 1, x -> Arithmetic.sign(x[0]) < 0),
        Function.pure("even?", 1, 1, x -> Arithmetic.sign(Arithmetic.remainder(x[0], 2L)) == 0),
        Function.pure("odd?", 1, 1, x -> Arithmetic.sign(Arithmetic.remainder(x[0], 2L)) != 0));
  }

  private static List<Function> values() {
    return List.of(
        Function.pure("identity", 1, 1, x -> x[0]),
        Function.pure("ground", 1, 1, x -> x[0]),
        Function.pure("true?", 1, 1, x -> Boolean.TRUE.equals(x[0])),
        Function.pure("false?", 1, 1, x -> Boolean.FALSE.equals(x[0])),
        Function.pure("count", 1, 1, x -> count(x[0])),
        Function.pure("tuple", 1, Function.ANY, CoreFunctions::vector),
        Function.pure("vector", 0, Function.ANY, CoreFunctions::vector));
  }

  private static Object vector(@Nullable Object[] elements) {
    return Collections.unmodifiableList(Arrays.asList(elements));
  }

  private static Long count(@Nullable Object value) {
    return switch (value) {
      case String text -> (long) text.length();
      case Collection<?> collection -> (long) collection.size();
      case Map<?, ?> map -> (long) map.size();
      case null, default ->
          throw new IllegalArgumentException("cannot count " + Shown.typeOf(value));
    };
  }
}
