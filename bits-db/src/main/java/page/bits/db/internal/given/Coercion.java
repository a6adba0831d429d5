/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.schema.ValueType;

/// The value of an attribute's type that another value means.
public final class Coercion {
  private Coercion() {}

  /// The value as the type holds it; null when no value of the type equals it. References are not
  /// resolved here.
  public static @Nullable Object to(ValueType type, Object given) {
    Object value = Given.normal(given);
    if (type.javaType().isInstance(value)) {
      return value;
    }
    return switch (type) {
      case KEYWORD -> Given.keyword(value);
      case DOUBLE -> value instanceof Long n ? exactDouble(n) : widened(value);
      case FLOAT ->
          value instanceof Double d && (float) (double) d == d ? (Float) (float) (double) d : null;
      case BIGINT -> value instanceof Long n ? BigInteger.valueOf(n) : null;
      case LONG ->
          value instanceof BigInteger n && n.bitLength() < Long.SIZE ? n.longValue() : null;
      case BIGDEC, BOOLEAN, BYTES, INSTANT, REF, STRING, SYMBOL, URI, UUID -> null;
    };
  }

  private static @Nullable Object exactDouble(long n) {
    double d = (double) n;
    return (long) d == n ? d : null;
  }

  private static @Nullable Object widened(@Nullable Object value) {
    return value instanceof Float f ? (Double) (double) f : null;
  }
}
