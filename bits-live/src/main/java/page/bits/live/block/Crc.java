/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.block;

/// Joins CRC-32 checksums, without the bytes.
/* The CRC of x followed by y is crc(x) moved over the length of y, plus crc(y), as polynomials
 * over GF(2). Moving by 8n bits is multiplying with x^(8n) modulo the polynomial; the powers
 * x^(2^k) are made once. Bits are reflected, as everywhere in this CRC: x^0 is the highest.
 */
final class Crc {
  private static final int POLYNOMIAL = 0xEDB88320;
  private static final int ONE = 1 << 31;
  private static final int[] POWERS = powers();

  private Crc() {}

  private static int[] powers() {
    int[] powers = new int[35];
    powers[0] = 1 << 30;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = times(powers[i - 1], powers[i - 1]);
    }
    return powers;
  }

  /// The checksum of the bytes of `first` followed by `size` bytes whose checksum is `second`.
  static int joined(int first, int second, int size) {
    int shift = ONE;
    long bits = 8L * size;
    for (int k = 0; bits != 0; k++, bits >>>= 1) {
      if ((bits & 1) != 0) {
        shift = times(shift, POWERS[k]);
      }
    }
    return times(shift, first) ^ second;
  }

  private static int times(int a, int b) {
    int product = 0;
    int moved = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= moved;
      }
      moved = (moved & 1) != 0 ? (moved >>> 1) ^ POLYNOMIAL : moved >>> 1;
    }
    return product;
  }
}
