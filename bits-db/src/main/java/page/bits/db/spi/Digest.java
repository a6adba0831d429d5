/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import java.util.Objects;

/// A SHA-256 digest of the log's chain.
public record Digest(Bytes bytes) {
  /// The size of every digest.
  public static final int SIZE_BYTES = 32;

  /// What stands before the first entry.
  public static final Digest NONE = new Digest(Bytes.wrap(new byte[SIZE_BYTES]));

  public Digest {
    Objects.requireNonNull(bytes);
    if (bytes.size() != SIZE_BYTES) {
      throw new IllegalArgumentException("a digest has " + SIZE_BYTES + " bytes");
    }
  }

  /// The first eight bytes, big-endian.
  public long prefix() {
    return bytes.asReadOnlyBuffer().getLong();
  }

  @Override
  public String toString() {
    return bytes.toString();
  }
}
