/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// An immutable run of bytes, equal by content, ordered as unsigned bytes.
public final class Bytes implements Comparable<Bytes> {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  public static Bytes empty() {
    return EMPTY;
  }

  public static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /// Takes the array over without copying: the caller never changes it again.
  public static Bytes wrap(byte[] content) {
    return new Bytes(content);
  }

  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  public int size() {
    return content.length;
  }

  /// A copy of the content.
  public byte[] toArray() {
    return content.clone();
  }

  /// The content for reading, without a copy.
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes b && Arrays.equals(content, b.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /// Lower-case hex.
  @Override
  public String toString() {
    return HexFormat.of().formatHex(content);
  }
}
