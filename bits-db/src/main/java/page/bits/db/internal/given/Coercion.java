/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.ValueType;

/// The value of an attribute's type that another value means, for comparing with what is held.
///
/// More is let through than a transaction would store: a comparison loses nothing by it. Stateless.
public final class Coercion {
  private Coercion() {}

  /// The value of the attribute's type; `:db.error/wrong-type-for-attribute` when there is none.
  public static Object to(Attribute attribute, Object given, @Nullable Object form) {
    Object value = to(attribute.type(), given);
    if (value == null) {
      throw GivenErrors.wrongType(GivenErrors.clause(form), attribute, given);
    }
    return value;
  }

  /// The value as a transaction would store it, and a little more: whole numbers for doubles and
  /// big integers. Null when the type has no such value. References are not resolved here.
  public static @Nullable Object to(ValueType type, Object given) {
    Object value = Given.normal(given);
    return switch (type) {
      case INSTANT -> value instanceof Instant at ? at.truncatedTo(ChronoUnit.MILLIS) : null;
      case KEYWORD -> Given.keyword(value);
      case DOUBLE -> value instanceof Long n ? exactDouble(n) : widened(value);
      case FLOAT -> value instanceof Double d ? Float.valueOf(d.floatValue()) : same(type, value);
      case BIGINT -> value instanceof Long n ? BigInteger.valueOf(n) : same(type, value);
      case LONG ->
          value instanceof BigInteger n && n.bitLength() < Long.SIZE
              ? n.longValue()
              : same(type, value);
      case BIGDEC, BOOLEAN, BYTES, REF, STRING, SYMBOL, URI, UUID -> same(type, value);
    };
  }

  private static @Nullable Object same(ValueType type, @Nullable Object value) {
    return type.javaType().isInstance(value) ? value : null;
  }

  private static @Nullable Object exactDouble(long n) {
    double d = (double) n;
    return (long) d == n ? d : null;
  }

  private static @Nullable Object widened(@Nullable Object value) {
    return value instanceof Float f ? (Object) (double) f : same(ValueType.DOUBLE, value);
  }
}
