/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.block;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A piece of a stream, as it is and deflated. Immutable and thread-safe; nobody changes its bytes.
/// It is deflated when somebody first asks for that, and kept.
public final class Block {
  /// Up to this many bytes a block is stored as it is: a header of five bytes and no work.
  private static final int STORED_BYTES_MAX = 128;

  private final List<Block> pieces;
  private final int size;
  private final int crc;
  private volatile byte @Nullable [] plain;
  private volatile byte @Nullable [] deflated;

  private Block(byte[] plain) {
    this.pieces = List.of();
    this.plain = plain;
    this.size = plain.length;
    var sum = new CRC32();
    sum.update(plain);
    this.crc = (int) sum.getValue();
  }

  private Block(List<Block> pieces) {
    this.pieces = pieces;
    int joinedSize = 0;
    int joinedCrc = 0;
    for (Block piece : pieces) {
      joinedSize += piece.size;
      joinedCrc = Crc.joined(joinedCrc, piece.crc, piece.size);
    }
    this.size = joinedSize;
    this.crc = joinedCrc;
  }

  public static Block of(String text) {
    return new Block(text.getBytes(StandardCharsets.UTF_8));
  }

  /// These blocks, one after the other; each stays deflated apart from the others.
  public static Block join(List<Block> pieces) {
    return new Block(List.copyOf(pieces));
  }

  /// How many bytes it has when they are not compressed.
  public int size() {
    return size;
  }

  int crc() {
    return crc;
  }

  /// The bytes, to be written and not changed.
  public byte[] plain() {
    byte[] known = plain;
    if (known == null) {
      known = joined(pieces.stream().map(Block::plain).toList());
      plain = known;
    }
    return known;
  }

  /// The bytes as complete deflate blocks, to be written and not changed.
  byte[] deflated() {
    byte[] known = deflated;
    if (known == null) {
      known = pieces.isEmpty() ? deflate(plain()) : joined(deflatedPieces());
      deflated = known;
    }
    return known;
  }

  private List<byte[]> deflatedPieces() {
    return pieces.stream().map(Block::deflated).toList();
  }

  private static byte[] deflate(byte[] bytes) {
    return bytes.length <= STORED_BYTES_MAX ? Deflated.stored(bytes) : Deflated.fresh(bytes);
  }

  private static byte[] joined(List<byte[]> arrays) {
    int total = 0;
    for (byte[] array : arrays) {
      total += array.length;
    }
    byte[] out = new byte[total];
    int at = 0;
    for (byte[] array : arrays) {
      System.arraycopy(array, 0, out, at, array.length);
      at += array.length;
    }
    return out;
  }
}
