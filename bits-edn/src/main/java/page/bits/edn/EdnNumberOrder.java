/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.math.BigDecimal;
import java.math.BigInteger;

/// The order of numbers: by exact magnitude across types, then by type, then, for decimals, by
/// scale and, for doubles, -0.0 before 0.0; not-a-number comes last.
final class EdnNumberOrder {
  private EdnNumberOrder() {}

  /// Whether the number is of a type that is printed.
  static boolean covers(Number number) {
    return type(number) >= 0;
  }

  private static int type(Number number) {
    return switch (number) {
      case Long _ -> 0;
      case Integer _ -> 1;
      case Short _ -> 2;
      case Byte _ -> 3;
      case BigInteger _ -> 4;
      case Double _ -> 5;
      case Float _ -> 6;
      case BigDecimal _ -> 7;
      default -> -1;
    };
  }

  static int compare(Number a, Number b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    if (a instanceof Double x && b instanceof Double y) {
      return Double.compare(x, y);
    }
    int byRange = Integer.compare(range(a), range(b));
    if (byRange != 0) {
      return byRange;
    }
    int byMagnitude = range(a) == 0 ? exact(a).compareTo(exact(b)) : 0;
    if (byMagnitude != 0) {
      return byMagnitude;
    }
    int byType = Integer.compare(type(a), type(b));
    return byType != 0 ? byType : withinType(a, b);
  }

  /// -1 below all finite numbers, 0 finite, 1 above them, 2 not a number.
  private static int range(Number number) {
    if (!(number instanceof Double || number instanceof Float)) {
      return 0;
    }
    double value = number.doubleValue();
    if (Double.isNaN(value)) {
      return 2;
    }
    return Double.isInfinite(value) ? (value > 0 ? 1 : -1) : 0;
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case BigDecimal n -> n;
      case BigInteger n -> new BigDecimal(n);
      case Double n -> new BigDecimal(n);
      case Float n -> new BigDecimal(n.doubleValue());
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private static int withinType(Number a, Number b) {
    return switch (a) {
      case BigDecimal n -> Integer.compare(n.scale(), ((BigDecimal) b).scale());
      case Double _, Float _ -> Double.compare(a.doubleValue(), b.doubleValue());
      default -> 0;
    };
  }
}
