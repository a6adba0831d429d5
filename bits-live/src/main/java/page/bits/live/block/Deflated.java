/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.block;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.Deflater;

/// Makes deflate blocks that can stand anywhere in a stream: complete bytes, no reference to what
/// lies before them, not the last of their stream.
final class Deflated {
  private static final int LEVEL = 6;

  /// A reset encoder is a fresh one; making one costs 260 KB of native memory, so a few are kept.
  private static final ArrayBlockingQueue<Deflater> SPARE = new ArrayBlockingQueue<>(8);

  private Deflated() {}

  /// One stored block: type 0, the length and its complement, the bytes.
  static byte[] stored(byte[] plain) {
    byte[] out = new byte[5 + plain.length];
    out[1] = (byte) plain.length;
    out[2] = (byte) (plain.length >>> 8);
    out[3] = (byte) ~plain.length;
    out[4] = (byte) (~plain.length >>> 8);
    System.arraycopy(plain, 0, out, 5, plain.length);
    return out;
  }

  static byte[] fresh(byte[] plain) {
    Deflater kept = SPARE.poll();
    Deflater encoder = kept == null ? new Deflater(LEVEL, /* nowrap= */ true) : kept;
    encoder.setInput(plain);
    var out = new ByteArrayOutputStream(64 + plain.length / 3);
    byte[] buffer = new byte[4096];
    int count;
    do {
      count = encoder.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      out.write(buffer, 0, count);
    } while (count == buffer.length);
    encoder.reset();
    if (!SPARE.offer(encoder)) {
      encoder.end();
    }
    return out.toByteArray();
  }
}
