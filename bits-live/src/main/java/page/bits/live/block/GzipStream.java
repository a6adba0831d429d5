/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.block;

/// One gzip stream made of blocks: what its end has to say about them. Confined to its thread.
///
/// It has no encoder and no window: a checksum and a length are all that a stream costs.
public final class GzipStream {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final byte[] LAST = {1, 0, 0, (byte) 0xff, (byte) 0xff};

  private int crc;
  private int length;
  private boolean isBegun;

  public GzipStream() {}

  /// The bytes of the block, behind the header of the stream when it is its first; to be written
  /// and not changed.
  public byte[] next(Block block) {
    byte[] deflated = block.deflated();
    crc = Crc.joined(crc, block.crc(), block.size());
    length += block.size();
    if (isBegun) {
      return deflated;
    }
    isBegun = true;
    byte[] out = new byte[HEADER.length + deflated.length];
    System.arraycopy(HEADER, 0, out, 0, HEADER.length);
    System.arraycopy(deflated, 0, out, HEADER.length, deflated.length);
    return out;
  }

  /// The end of a stream that has begun: an empty last block, the checksum and the length.
  public byte[] end() {
    byte[] out = new byte[LAST.length + 8];
    System.arraycopy(LAST, 0, out, 0, LAST.length);
    put(out, LAST.length, crc);
    put(out, LAST.length + 4, length);
    return out;
  }

  private static void put(byte[] out, int at, int value) {
    for (int i = 0; i < 4; i++) {
      out[at + i] = (byte) (value >>> (8 * i));
    }
  }
}
