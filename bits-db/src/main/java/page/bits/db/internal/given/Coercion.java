/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Tuple;
import page.bits.db.internal.schema.ValueType;

/// The value of an attribute's type that another value means, for comparing with what is held.
///
/// More is let through than a transaction would store: a comparison loses nothing by it. Stateless.
public final class Coercion {
  private Coercion() {}

  /// The value of the attribute's type; `:db.error/wrong-type-for-attribute` when there is none.
  public static Object to(Attribute attribute, Object given, @Nullable Object form) {
    Object value =
        attribute.isTuple() ? tuple(attribute.tuple(), given) : to(attribute.type(), given);
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
      case TUPLE -> null; // only an attribute says what is in it
      case BIGDEC, BOOLEAN, BYTES, REF, STRING, SYMBOL, URI, UUID -> same(type, value);
    };
  }

  /// The tuple with the values of its slots' types; one with fewer slots is let through, since it
  /// bounds a range. Null when a slot has no such value, or there are too many.
  private static @Nullable Object tuple(Tuple tuple, Object given) {
    if (!(Given.normal(given) instanceof List<?> slots) || slots.size() > tuple.slots()) {
      return null;
    }
    var values = new ArrayList<@Nullable Object>(slots.size());
    for (Object slot : slots) {
      ValueType type = tuple.type(values.size());
      Object value = slot == null ? null : type == ValueType.REF ? slot : to(type, slot);
      if (slot != null && !type.javaType().isInstance(value)) {
        return null;
      }
      values.add(value);
    }
    return Collections.unmodifiableList(values);
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
