/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Function;

/// Arithmetic, tests of numbers, and conversions between their types.
final class NumberFunctions {
  private NumberFunctions() {}

  static List<Function> all() {
    var all = new ArrayList<Function>();
    all.addAll(arithmetic());
    all.addAll(tests());
    all.addAll(conversions());
    all.addAll(mathematics());
    return all;
  }

  private static List<Function> arithmetic() {
    return List.of(
        Function.pure("+", 2, 2, x -> Arithmetic.add(x[0], x[1])),
        Function.pure("-", 1, 2, NumberFunctions::minus),
        Function.pure("*", 2, 2, x -> Arithmetic.multiply(x[0], x[1])),
        Function.pure("/", 2, 2, x -> Arithmetic.divide(x[0], x[1])),
        Function.pure("quot", 2, 2, x -> Arithmetic.quotient(x[0], x[1])),
        Function.pure("rem", 2, 2, x -> Arithmetic.remainder(x[0], x[1])),
        Function.pure("mod", 2, 2, x -> Arithmetic.modulo(x[0], x[1])),
        Function.pure("inc", 1, 1, x -> Arithmetic.add(x[0], 1L)),
        Function.pure("dec", 1, 1, x -> Arithmetic.subtract(x[0], 1L)),
        Function.pure("abs", 1, 1, NumberFunctions::absolute),
        Function.pure("max", 1, Function.ANY, x -> extreme(x, 1)),
        Function.pure("min", 1, Function.ANY, x -> extreme(x, -1)));
  }

  private static Object minus(@Nullable Object[] x) {
    return x.length == 1 ? Arithmetic.subtract(0L, x[0]) : Arithmetic.subtract(x[0], x[1]);
  }

  private static Object absolute(@Nullable Object[] x) {
    Number number = Arithmetic.number(x[0]);
    return Arithmetic.sign(number) < 0 ? Arithmetic.subtract(0L, number) : number;
  }

  private static Object extreme(@Nullable Object[] x, int sign) {
    Number best = Arithmetic.number(x[0]);
    for (Object other : x) {
      Number number = Arithmetic.number(other);
      best = sign * Comparisons.compare(number, best) > 0 ? number : best;
    }
    return best;
  }

  private static List<Function> tests() {
    return List.of(
        Function.pure("zero?", 1, 1, x -> Arithmetic.sign(x[0]) == 0),
        Function.pure("pos?", 1, 1, x -> Arithmetic.sign(x[0]) > 0),
        Function.pure("neg?", 1, 1, x -> Arithmetic.sign(x[0]) < 0),
        Function.pure("even?", 1, 1, x -> Arithmetic.sign(Arithmetic.remainder(x[0], 2L)) == 0),
        Function.pure("odd?", 1, 1, x -> Arithmetic.sign(Arithmetic.remainder(x[0], 2L)) != 0));
  }

  private static List<Function> conversions() {
    return List.of(
        Function.pure("long", 1, 1, x -> Arithmetic.whole(x[0]).longValueExact()),
        Function.pure("int", 1, 1, x -> (long) Arithmetic.whole(x[0]).intValueExact()),
        Function.pure("double", 1, 1, x -> Arithmetic.number(x[0]).doubleValue()),
        Function.pure("float", 1, 1, x -> Arithmetic.number(x[0]).floatValue()),
        Function.pure("bigint", 1, 1, x -> Arithmetic.whole(x[0])),
        Function.pure("biginteger", 1, 1, x -> Arithmetic.whole(x[0])),
        Function.pure("bigdec", 1, 1, NumberFunctions::decimal));
  }

  private static BigDecimal decimal(@Nullable Object[] x) {
    return x[0] instanceof BigInteger integer
        ? new BigDecimal(integer)
        : Comparisons.decimal(Arithmetic.number(x[0]));
  }

  private static List<Function> mathematics() {
    return List.of(
        Function.pure("Math/abs", 1, 1, NumberFunctions::absolute),
        Function.pure("Math/max", 2, 2, x -> extreme(x, 1)),
        Function.pure("Math/min", 2, 2, x -> extreme(x, -1)),
        Function.pure("Math/round", 1, 1, x -> Math.round(Arithmetic.number(x[0]).doubleValue())),
        Function.pure(
            "Math/pow",
            2,
            2,
            x ->
                Math.pow(
                    Arithmetic.number(x[0]).doubleValue(), Arithmetic.number(x[1]).doubleValue())),
        ofDouble("Math/sqrt", Math::sqrt),
        ofDouble("Math/floor", Math::floor),
        ofDouble("Math/ceil", Math::ceil));
  }

  private static Function ofDouble(String name, DoubleUnaryOperator body) {
    return Function.pure(
        name, 1, 1, x -> body.applyAsDouble(Arithmetic.number(x[0]).doubleValue()));
  }
}
