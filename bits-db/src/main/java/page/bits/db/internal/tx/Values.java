/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.given.GivenErrors;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.ValueType;
import page.bits.db.spi.Bytes;
import page.bits.edn.Symbol;

/// Makes a submitted value one of its attribute's type, or refuses it. Stateless.
///
/// Strict, since what is stored stays; comparing lets more through
/// ([page.bits.db.internal.given.Coercion]). Only Java's other integers become `Long`, `Date`
/// becomes [Instant] (milliseconds), `byte[]` becomes [Bytes], a double becomes a float where the
/// attribute says so, and a string that begins with a colon is a keyword where one is expected.
final class Values {
  private static final int BIGDEC_DIGITS_MAX = 1024;
  private static final int BIGINT_BITS_MAX = 8192;

  private Values() {}

  /// The value of an attribute that is not a reference.
  static Object of(Attribute a, @Nullable Object raw, int form) {
    if (raw == null) {
      throw GivenErrors.nilValue(Refusals.at(form), a);
    }
    Object value = of(a, a.type(), raw, form);
    if (value == null) {
      throw GivenErrors.wrongType(Refusals.at(form), a, raw);
    }
    return value;
  }

  /// The value of that type, for the attribute or a slot of its tuples; null when there is none.
  static @Nullable Object of(Attribute a, ValueType type, Object raw, int form) {
    Object value =
        switch (type) {
          case LONG, REF -> Given.integer(raw);
          case STRING -> raw instanceof String ? raw : null;
          case KEYWORD -> Given.keyword(raw);
          case INSTANT -> instant(raw);
          case BOOLEAN -> raw instanceof Boolean ? raw : null;
          case UUID -> raw instanceof UUID ? raw : null;
          case DOUBLE -> raw instanceof Double ? raw : null;
          case FLOAT -> raw instanceof Double d ? Float.valueOf(d.floatValue()) : floating(raw);
          case BIGDEC -> bigDecimal(a, raw, form);
          case BIGINT -> bigInteger(a, raw, form);
          case BYTES -> bytes(raw);
          case SYMBOL -> raw instanceof Symbol ? raw : null;
          case URI -> raw instanceof URI ? raw : null;
          case TUPLE -> null; // made of its slots
        };
    switch (type) {
      case STRING, KEYWORD, SYMBOL, URI -> {
        if (value != null && !isWellFormed(value.toString())) {
          throw GivenErrors.illFormedText(Refusals.at(form), "a value of " + a.ident());
        }
      }
      default -> {} // no text in it
    }
    return value;
  }

  /// Whether every surrogate of the text stands in a pair: only then does it have a UTF-8 form.
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean isPair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static @Nullable Object floating(Object raw) {
    return raw instanceof Float ? raw : null;
  }

  /// To the millisecond, the resolution of the type; null also for what milliseconds cannot count.
  private static @Nullable Instant instant(Object raw) {
    if (raw instanceof Date date) {
      return Instant.ofEpochMilli(date.getTime());
    }
    boolean isCountable =
        raw instanceof Instant instant
            && Math.abs(instant.getEpochSecond()) < Long.MAX_VALUE / 1000;
    return isCountable ? ((Instant) raw).truncatedTo(ChronoUnit.MILLIS) : null;
  }

  private static @Nullable Object bytes(Object raw) {
    return raw instanceof byte[] array ? Bytes.copyOf(array) : raw instanceof Bytes ? raw : null;
  }

  private static @Nullable BigDecimal bigDecimal(Attribute a, Object raw, int form) {
    if (!(raw instanceof BigDecimal number)) {
      return null;
    }
    if (number.precision() > BIGDEC_DIGITS_MAX) {
      throw Refusals.valueTooLarge(form, a, BIGDEC_DIGITS_MAX + " digits");
    }
    return number;
  }

  private static @Nullable BigInteger bigInteger(Attribute a, Object raw, int form) {
    if (!(raw instanceof BigInteger number)) {
      return null;
    }
    if (number.bitLength() > BIGINT_BITS_MAX) {
      throw Refusals.valueTooLarge(form, a, BIGINT_BITS_MAX + " bits");
    }
    return number;
  }
}
