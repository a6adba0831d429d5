/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.block;

import java.util.List;

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

  /// The bytes of these blocks, with the header of the stream when they are its first.
  public byte[] next(List<Block> blocks) {
    int size = isBegun ? 0 : HEADER.length;
    for (Block block : blocks) {
      size += block.deflated().length;
    }
    byte[] out = new byte[size];
    int at = 0;
    if (!isBegun) {
      System.arraycopy(HEADER, 0, out, 0, HEADER.length);
      at = HEADER.length;
      isBegun = true;
    }
    for (Block block : blocks) {
      byte[] deflated = block.deflated();
      System.arraycopy(deflated, 0, out, at, deflated.length);
      at += deflated.length;
      crc = Crc.joined(crc, block.crc(), block.size());
      length += block.size();
    }
    return out;
  }

  /// The end of the stream: an empty last block, the checksum and the length.
  public byte[] end() {
    byte[] first = next(List.of());
    byte[] out = new byte[first.length + LAST.length + 8];
    System.arraycopy(first, 0, out, 0, first.length);
    System.arraycopy(LAST, 0, out, first.length, LAST.length);
    put(out, first.length + LAST.length, crc);
    put(out, first.length + LAST.length + 4, length);
    return out;
  }

  private static void put(byte[] out, int at, int value) {
    for (int i = 0; i < 4; i++) {
      out[at + i] = (byte) (value >>> (8 * i));
    }
  }
}
