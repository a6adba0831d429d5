/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.math.BigDecimal;
import java.math.BigInteger;
import page.bits.error.BitsException;

/// Reads the token of a number: `42`, `42N`, `4.2`, `4.2e3`, `4.2M`.
///
/// An integer beyond 64 bits is a [BigInteger] without its `N` too.
final class EdnNumbers {
  /// So many digits always fit in a long.
  private static final int LONG_DIGITS = 18;

  private final String token;
  private final EdnPosition at;
  private final EdnLimits limits;
  private int next;

  private EdnNumbers(String token, EdnPosition at, EdnLimits limits) {
    this.token = token;
    this.at = at;
    this.limits = limits;
  }

  /// The number that is `token`, which begins with a digit after an optional sign.
  static Object read(String token, EdnPosition at, EdnLimits limits) {
    return new EdnNumbers(token, at, limits).number();
  }

  private Object number() {
    boolean signed = !EdnNames.isDigit(token.charAt(0));
    next = signed ? 1 : 0;
    int whole = next;
    int digits = digits();
    if (digits > 1 && token.charAt(whole) == '0') {
      throw bad("no zero before other digits");
    }
    boolean integral = true;
    if (at('.')) {
      integral = false;
      next++;
      digits += required();
    }
    if (at('e') || at('E')) {
      integral = false;
      next++;
      next += at('+') || at('-') ? 1 : 0;
      digits += required();
    }
    if (digits > limits.numberDigits()) {
      throw EdnErrors.numberTooLong(at, digits, limits.numberDigits());
    }
    return value(integral);
  }

  private Object value(boolean integral) {
    if (next == token.length()) {
      return integral ? integer(token) : floating();
    }
    if (at('/')) {
      throw EdnErrors.notEdn(at, "ratio");
    }
    boolean last = next + 1 == token.length();
    String body = token.substring(0, next);
    if (last && at('N') && integral) {
      return new BigInteger(unsigned(body));
    }
    if (last && at('M')) {
      return decimal(body);
    }
    throw bad("digits with a fraction, an exponent, N or M");
  }

  private static Object integer(String text) {
    if (text.length() <= LONG_DIGITS) {
      return Long.parseLong(text);
    }
    var big = new BigInteger(unsigned(text));
    return big.bitLength() < Long.SIZE ? (Object) big.longValue() : big;
  }

  private Object floating() {
    double value = Double.parseDouble(token);
    if (Double.isInfinite(value)) {
      throw bad("a number that a double holds, or M behind it");
    }
    return value;
  }

  private Object decimal(String text) {
    try {
      var value = new BigDecimal(text);
      if (Math.abs((long) value.scale()) > limits.numberScale()) {
        throw EdnErrors.numberScale(at, limits.numberScale());
      }
      return value;
    } catch (NumberFormatException _) {
      // The grammar was checked, so only the exponent can be wrong: it overflows an int.
      throw EdnErrors.numberScale(at, limits.numberScale());
    }
  }

  private static String unsigned(String text) {
    return text.startsWith("+") ? text.substring(1) : text;
  }

  private int required() {
    int count = digits();
    if (count == 0) {
      throw bad("a digit");
    }
    return count;
  }

  private int digits() {
    int start = next;
    while (next < token.length() && EdnNames.isDigit(token.charAt(next))) {
      next++;
    }
    return next - start;
  }

  private boolean at(char c) {
    return next < token.length() && token.charAt(next) == c;
  }

  private BitsException bad(String expected) {
    return EdnErrors.badToken(EdnError.BAD_NUMBER, at, token, expected);
  }
}
