/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import page.bits.db.ValueOrder;
import page.bits.db.internal.given.Shown;

/// Equality and order of values in predicates and aggregates.
///
/// Numbers compare across their types. Equality keeps integers, floating numbers and decimals
/// apart, each compared by what it is worth: 1.0M equals 1.00M, -0.0 equals 0.0, and not-a-number
/// itself. Other values compare within one type; two types are an error.
final class Comparisons {
  private Comparisons() {}

  static boolean equal(@Nullable Object x, @Nullable Object y) {
    if (x == null || y == null) {
      return x == null && y == null;
    }
    if (isInteger(x) && isInteger(y)) {
      return compareNumbers((Number) x, (Number) y) == 0;
    }
    if (isFloating(x) && isFloating(y)) {
      return isSameDouble((Number) x, (Number) y);
    }
    if (x instanceof BigDecimal m && y instanceof BigDecimal n) {
      return m.compareTo(n) == 0;
    }
    return x.equals(y);
  }

  /// Whether two numbers are worth the same, whatever their types.
  static boolean isSameNumber(@Nullable Object x, @Nullable Object y) {
    Number m = Arithmetic.number(x);
    Number n = Arithmetic.number(y);
    return (isUnordered(m) || isUnordered(n)) ? isSameDouble(m, n) : compareNumbers(m, n) == 0;
  }

  private static boolean isSameDouble(Number x, Number y) {
    double m = x.doubleValue();
    double n = y.doubleValue();
    return m == n || (Double.isNaN(m) && Double.isNaN(n));
  }

  /// Negative, zero or positive; an [IllegalArgumentException] when the values have no order.
  static int compare(@Nullable Object x, @Nullable Object y) {
    if (x instanceof Number m && y instanceof Number n) {
      return compareNumbers(m, n);
    }
    if (x == null || y == null || !x.getClass().equals(y.getClass())) {
      throw new IllegalArgumentException(
          "cannot compare " + Shown.typeOf(x) + " with " + Shown.typeOf(y));
    }
    return ValueOrder.compare(x, y);
  }

  private static int compareNumbers(Number m, Number n) {
    if (m instanceof Long x && n instanceof Long y) {
      return Long.compare(x, y);
    }
    if (isUnordered(m) || isUnordered(n)) {
      return Double.compare(m.doubleValue(), n.doubleValue());
    }
    return decimal(m).compareTo(decimal(n));
  }

  /// Infinite or not a number: has no decimal.
  private static boolean isUnordered(Number n) {
    return isFloating(n) && !Double.isFinite(n.doubleValue());
  }

  static BigDecimal decimal(Number n) {
    return switch (n) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Double d -> new BigDecimal(d);
      case Float f -> new BigDecimal(f);
      default -> BigDecimal.valueOf(n.longValue());
    };
  }

  static boolean isInteger(@Nullable Object value) {
    return value instanceof Long || value instanceof BigInteger;
  }

  static boolean isFloating(@Nullable Object value) {
    return value instanceof Double || value instanceof Float;
  }
}
