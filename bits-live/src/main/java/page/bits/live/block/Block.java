/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.block;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A piece of a stream, as it is and deflated. Immutable and thread-safe; nobody changes its bytes.
/// It is deflated when somebody first asks for that, and kept.
public final class Block {
  /// Up to this many bytes a block is stored as it is: a header of five bytes and no work.
  private static final int STORED_BYTES_MAX = 128;

  private final byte[] plain;
  private final int crc;
  private volatile byte @Nullable [] deflated;

  private Block(byte[] plain) {
    this.plain = plain;
    var sum = new CRC32();
    sum.update(plain);
    this.crc = (int) sum.getValue();
  }

  public static Block of(String text) {
    return new Block(text.getBytes(StandardCharsets.UTF_8));
  }

  /// How many bytes it has when they are not compressed.
  public int size() {
    return plain.length;
  }

  int crc() {
    return crc;
  }

  /// The bytes, to be written and not changed.
  public byte[] plain() {
    return plain;
  }

  /// The bytes as complete deflate blocks, to be written and not changed.
  byte[] deflated() {
    byte[] known = deflated;
    if (known == null) {
      known = plain.length <= STORED_BYTES_MAX ? Deflated.stored(plain) : Deflated.fresh(plain);
      deflated = known;
    }
    return known;
  }
}
