/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log.v1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import page.bits.db.spi.Bytes;

/// A growing run of bytes. Confined to one thread.
final class ByteWriter {
  private byte[] bytes;
  private int size;

  ByteWriter() {
    this(256);
  }

  /// With room for so many bytes at once.
  ByteWriter(int sizeBytes) {
    this.bytes = new byte[sizeBytes];
  }

  int size() {
    return size;
  }

  private void need(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  void one(int value) {
    need(1);
    bytes[size++] = (byte) value;
  }

  void varint(long value) {
    need(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  void raw(byte[] more) {
    raw(more, 0, more.length);
  }

  void raw(byte[] more, int from, int count) {
    need(count);
    System.arraycopy(more, from, bytes, size, count);
    size += count;
  }

  void raw(Bytes more) {
    need(more.size());
    more.asReadOnlyBuffer().get(bytes, size, more.size());
    size += more.size();
  }

  void raw(ByteBuffer more) {
    int count = more.remaining();
    need(count);
    more.get(bytes, size, count);
    size += count;
  }

  void sized(byte[] more) {
    varint(more.length);
    raw(more);
  }

  /// Text that has a UTF-8 form; other text was refused before it came here.
  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    assert new String(utf8, StandardCharsets.UTF_8).equals(text) : "ill-formed text";
    sized(utf8);
  }

  void fixed(long value) {
    need(8);
    ByteBuffer.wrap(bytes, size, 8).putLong(value);
    size += 8;
  }

  void uuid(UUID uuid) {
    fixed(uuid.getMostSignificantBits());
    fixed(uuid.getLeastSignificantBits());
  }

  /// The bytes from `from` on, for a digest, without a copy.
  ByteBuffer written(int from) {
    return ByteBuffer.wrap(bytes, from, size - from);
  }

  Bytes toBytes() {
    return Bytes.wrap(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
  }
}
