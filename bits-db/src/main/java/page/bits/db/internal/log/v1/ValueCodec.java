/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log.v1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// The values of datoms as bytes: a tag, and content. Tags are part of the format.
final class ValueCodec {
  private static final int NIL = 0;
  private static final int LONG = 1;
  private static final int STRING = 2;
  private static final int KEYWORD = 3;
  private static final int TRUE = 4;
  private static final int FALSE = 5;
  private static final int INSTANT = 6;
  private static final int UUID_TAG = 7;
  private static final int DOUBLE = 8;
  private static final int FLOAT = 9;
  private static final int BIGINT = 10;
  private static final int BIGDEC = 11;
  private static final int URI_TAG = 12;
  private static final int BYTES = 13;
  private static final int SYMBOL = 14;
  private static final int TUPLE = 15;

  private ValueCodec() {}

  static void write(ByteWriter out, Object value) {
    switch (value) {
      case Long v -> {
        out.one(LONG);
        out.zigzag(v);
      }
      case String v -> {
        out.one(STRING);
        out.text(v);
      }
      case Keyword v -> {
        out.one(KEYWORD);
        name(out, v.namespace().orElse(null), v.name());
      }
      case Symbol v -> {
        out.one(SYMBOL);
        name(out, v.namespace().orElse(null), v.name());
      }
      case Boolean v -> out.one(v ? TRUE : FALSE);
      case Instant v -> {
        out.one(INSTANT);
        out.zigzag(v.toEpochMilli());
      }
      case UUID v -> {
        out.one(UUID_TAG);
        out.uuid(v);
      }
      case Double v -> {
        out.one(DOUBLE);
        out.fixed(Double.doubleToLongBits(v));
      }
      case Float v -> {
        out.one(FLOAT);
        out.fixed(Float.floatToIntBits(v));
      }
      case BigInteger v -> {
        out.one(BIGINT);
        out.sized(v.toByteArray());
      }
      case BigDecimal v -> {
        out.one(BIGDEC);
        out.zigzag(v.scale());
        out.sized(v.unscaledValue().toByteArray());
      }
      case URI v -> {
        out.one(URI_TAG);
        out.text(v.toString());
      }
      case Bytes v -> {
        out.one(BYTES);
        out.varint(v.size());
        out.raw(v);
      }
      case List<?> slots -> {
        out.one(TUPLE);
        out.one(slots.size());
        slots.forEach(slot -> writeSlot(out, slot));
      }
      default -> throw new IllegalArgumentException("no datom holds a " + value.getClass());
    }
  }

  private static void writeSlot(ByteWriter out, @Nullable Object slot) {
    if (slot == null) {
      out.one(NIL);
    } else {
      write(out, slot);
    }
  }

  private static void name(ByteWriter out, @Nullable String namespace, String name) {
    out.one(namespace == null ? 0 : 1);
    if (namespace != null) {
      out.text(namespace);
    }
    out.text(name);
  }

  static Object read(ByteReader in) {
    return read(in, in.one());
  }

  private static Object read(ByteReader in, int tag) {
    return switch (tag) {
      case LONG -> in.zigzag();
      case STRING -> in.text();
      case KEYWORD -> Keyword.of(in.one() == 1 ? in.text() : null, in.text());
      case SYMBOL -> Symbol.of(in.one() == 1 ? in.text() : null, in.text());
      case TRUE -> true;
      case FALSE -> false;
      case INSTANT -> Instant.ofEpochMilli(in.zigzag());
      case UUID_TAG -> in.uuid();
      case DOUBLE -> Double.longBitsToDouble(in.fixed());
      case FLOAT -> Float.intBitsToFloat((int) in.fixed());
      case BIGINT -> new BigInteger(in.sized());
      case BIGDEC -> {
        int scale = (int) in.zigzag();
        yield new BigDecimal(new BigInteger(in.sized()), scale);
      }
      case URI_TAG -> URI.create(in.text());
      case BYTES -> Bytes.wrap(in.sized());
      case TUPLE -> tuple(in);
      default -> throw new IllegalArgumentException("value tag " + tag);
    };
  }

  private static Object tuple(ByteReader in) {
    int size = in.one();
    var slots = new ArrayList<@Nullable Object>(size);
    for (int i = 0; i < size; i++) {
      int tag = in.one();
      if (tag == TUPLE) {
        throw new IllegalArgumentException("a tuple inside a tuple");
      }
      slots.add(tag == NIL ? null : read(in, tag));
    }
    return Collections.unmodifiableList(slots);
  }
}
