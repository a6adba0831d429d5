/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Shown;

/// Sums, differences, products and quotients as queries compute them.
///
/// Two `Long`s give a `Long`, and an overflow is an error; a floating number makes the result a
/// `Double`, else a decimal a `BigDecimal`, else a `BigInteger`. `/` on integers is the quotient
/// without the rest. Problems are [ArithmeticException]s or [IllegalArgumentException]s.
public final class Arithmetic {
  private Arithmetic() {}

  public static Number add(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> Math.addExact(number(x).longValue(), number(y).longValue());
      case INTEGER -> integer(x).add(integer(y));
      case DECIMAL -> decimal(x).add(decimal(y));
      case FLOATING -> number(x).doubleValue() + number(y).doubleValue();
    };
  }

  public static Number subtract(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> Math.subtractExact(number(x).longValue(), number(y).longValue());
      case INTEGER -> integer(x).subtract(integer(y));
      case DECIMAL -> decimal(x).subtract(decimal(y));
      case FLOATING -> number(x).doubleValue() - number(y).doubleValue();
    };
  }

  public static Number multiply(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> Math.multiplyExact(number(x).longValue(), number(y).longValue());
      case INTEGER -> integer(x).multiply(integer(y));
      case DECIMAL -> decimal(x).multiply(decimal(y));
      case FLOATING -> number(x).doubleValue() * number(y).doubleValue();
    };
  }

  public static Number divide(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> Math.divideExact(number(x).longValue(), number(y).longValue());
      case INTEGER -> integer(x).divide(integer(y));
      case DECIMAL -> decimal(x).divide(decimal(y));
      case FLOATING -> number(x).doubleValue() / number(y).doubleValue();
    };
  }

  /// The rest of `/`, with the sign of `x`.
  public static Number remainder(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> number(x).longValue() % number(y).longValue();
      case INTEGER -> integer(x).remainder(integer(y));
      case DECIMAL -> decimal(x).remainder(decimal(y));
      case FLOATING -> number(x).doubleValue() % number(y).doubleValue();
    };
  }

  /// The rest with the sign of `y`.
  public static Number modulo(@Nullable Object x, @Nullable Object y) {
    Number rest = remainder(x, y);
    boolean isOtherSide = sign(rest) != 0 && sign(rest) != sign(number(y));
    return isOtherSide ? add(rest, y) : rest;
  }

  public static int sign(@Nullable Object x) {
    return Comparisons.compare(number(x), 0L);
  }

  private enum Kind {
    LONG,
    INTEGER,
    DECIMAL,
    FLOATING
  }

  private static Kind kind(@Nullable Object x, @Nullable Object y) {
    number(x);
    number(y);
    if (Comparisons.isFloating(x) || Comparisons.isFloating(y)) {
      return Kind.FLOATING;
    }
    if (x instanceof BigDecimal || y instanceof BigDecimal) {
      return Kind.DECIMAL;
    }
    return x instanceof BigInteger || y instanceof BigInteger ? Kind.INTEGER : Kind.LONG;
  }

  public static Number number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException("not a number: " + Shown.typeOf(value));
  }

  private static BigInteger integer(@Nullable Object value) {
    return value instanceof BigInteger integer
        ? integer
        : BigInteger.valueOf(number(value).longValue());
  }

  private static BigDecimal decimal(@Nullable Object value) {
    return Comparisons.decimal(number(value));
  }
}
