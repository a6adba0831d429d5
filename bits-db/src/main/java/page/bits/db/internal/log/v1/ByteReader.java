/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log.v1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import page.bits.db.spi.Bytes;

/// Reads what [ByteWriter] wrote. Confined to one thread. A read past the end throws
/// [java.nio.BufferUnderflowException], which the codec turns into the error for damaged bytes.
final class ByteReader {
  private final ByteBuffer bytes;

  ByteReader(Bytes bytes) {
    this.bytes = bytes.asReadOnlyBuffer();
  }

  int position() {
    return bytes.position();
  }

  boolean atEnd() {
    return !bytes.hasRemaining();
  }

  int one() {
    return bytes.get() & 0xFF;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long next = bytes.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a varint of over ten bytes");
  }

  /// A varint that counts things of at least `sizeBytesMin` bytes each: never more than the bytes
  /// that are left can hold.
  int count(int sizeBytesMin) {
    long count = varint();
    if (count < 0 || count > bytes.remaining() / sizeBytesMin) {
      throw new IllegalArgumentException("a count beyond the end");
    }
    return (int) count;
  }

  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  byte[] raw(int count) {
    var raw = new byte[count];
    bytes.get(raw);
    return raw;
  }

  byte[] sized() {
    return raw(count(1));
  }

  String text() {
    return new String(sized(), StandardCharsets.UTF_8);
  }

  long fixed() {
    return bytes.getLong();
  }

  UUID uuid() {
    return new UUID(fixed(), fixed());
  }

  /// The bytes from `from` (inclusive) to `to` (exclusive), for a digest.
  ByteBuffer slice(int from, int to) {
    return bytes.duplicate().position(from).limit(to);
  }

  void skip(int count) {
    if (count > bytes.remaining()) {
      throw new IllegalArgumentException("a length beyond the end");
    }
    bytes.position(bytes.position() + count);
  }
}
