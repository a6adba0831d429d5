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
/// without the rest.
///
/// Numbers of Java can be tiny to write and huge to compute with, such as 1E+999999999: beyond some
/// thousands of digits, of an argument or a result, there is an error instead of a long wait.
/// Problems are [ArithmeticException]s or [IllegalArgumentException]s.
final class Arithmetic {
  private static final int DIGITS_MAX = 20_000;

  /// A little more than so many digits have.
  private static final int BITS_MAX = 68_000;

  private Arithmetic() {}

  static Number add(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> Math.addExact(number(x).longValue(), number(y).longValue());
      case INTEGER -> integer(x).add(integer(y));
      case DECIMAL -> decimal(x).add(decimal(y));
      case FLOATING -> number(x).doubleValue() + number(y).doubleValue();
    };
  }

  static Number subtract(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> Math.subtractExact(number(x).longValue(), number(y).longValue());
      case INTEGER -> integer(x).subtract(integer(y));
      case DECIMAL -> decimal(x).subtract(decimal(y));
      case FLOATING -> number(x).doubleValue() - number(y).doubleValue();
    };
  }

  static Number multiply(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> Math.multiplyExact(number(x).longValue(), number(y).longValue());
      case INTEGER -> product(integer(x), integer(y));
      case DECIMAL -> decimal(x).multiply(decimal(y));
      case FLOATING -> number(x).doubleValue() * number(y).doubleValue();
    };
  }

  static Number divide(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> Math.divideExact(number(x).longValue(), number(y).longValue());
      case INTEGER -> integer(x).divide(integer(y));
      case DECIMAL -> decimal(x).divide(decimal(y));
      case FLOATING -> number(x).doubleValue() / number(y).doubleValue();
    };
  }

  /// The quotient without the rest, of floating numbers and decimals too.
  static Number quotient(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG, INTEGER -> divide(x, y);
      case DECIMAL -> decimal(x).divideToIntegralValue(decimal(y));
      case FLOATING -> {
        double quotient = number(x).doubleValue() / number(y).doubleValue();
        yield quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
      }
    };
  }

  /// The whole part of a number.
  static BigInteger whole(@Nullable Object x) {
    Number number = number(x);
    if (Comparisons.isFloating(number) && !Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException("not a finite number");
    }
    return number instanceof BigInteger integer ? integer : decimal(number).toBigInteger();
  }

  private static BigInteger product(BigInteger x, BigInteger y) {
    if (x.bitLength() + (long) y.bitLength() > BITS_MAX) {
      throw new ArithmeticException("a number of too many digits");
    }
    return x.multiply(y);
  }

  /// The rest of `/`, with the sign of `x`.
  static Number remainder(@Nullable Object x, @Nullable Object y) {
    return switch (kind(x, y)) {
      case LONG -> number(x).longValue() % number(y).longValue();
      case INTEGER -> integer(x).remainder(integer(y));
      case DECIMAL -> decimal(x).remainder(decimal(y));
      case FLOATING -> number(x).doubleValue() % number(y).doubleValue();
    };
  }

  /// The rest with the sign of `y`.
  static Number modulo(@Nullable Object x, @Nullable Object y) {
    Number rest = remainder(x, y);
    boolean isOtherSide = sign(rest) != 0 && sign(rest) != sign(number(y));
    return isOtherSide ? add(rest, y) : rest;
  }

  static int sign(@Nullable Object x) {
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

  static Number number(@Nullable Object value) {
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
    BigDecimal decimal = Comparisons.decimal(number(value));
    if (Math.abs((long) decimal.scale()) > DIGITS_MAX
        || decimal.unscaledValue().bitLength() > BITS_MAX) {
      throw new ArithmeticException("a number of too many digits");
    }
    return decimal;
  }
}
