/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.ValueType;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;

/// Values as callers give them, as datoms hold them. Stateless.
final class Components {
  private Components() {}

  /// The value in the attribute's type: an entity id for references, a keyword for text with a
  /// colon where one is due, wider integers, milliseconds.
  static Object value(DatomSource source, Attribute attribute, Object given) {
    if (attribute.isRef()) {
      return Entids.require(source, given);
    }
    if (attribute.type() == ValueType.KEYWORD
        && given instanceof String text
        && text.startsWith(":")) {
      return Keyword.of(text);
    }
    return plain(given);
  }

  private static Object plain(Object given) {
    return switch (given) {
      case Integer v -> (long) v;
      case Short v -> (long) v;
      case Byte v -> (long) v;
      case Date v -> Instant.ofEpochMilli(v.getTime());
      case Instant v -> v.truncatedTo(ChronoUnit.MILLIS);
      case byte[] v -> Bytes.copyOf(v);
      default -> given;
    };
  }
}
