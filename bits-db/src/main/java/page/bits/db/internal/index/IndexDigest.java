/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// A digest of a set of datoms that does not depend on their order, so that adding and removing
/// some costs a few nanoseconds each: 128 bits, the sums of two hashes of each datom. Immutable.
///
/// It is meant against mistakes, not against people. Every hash is defined by values alone, so it
/// is the same in every process; another way to make it would be another version of the record in
/// which peers publish it.
record IndexDigest(long one, long two) {
  static final IndexDigest NONE = new IndexDigest(0, 0);

  IndexDigest with(List<Datom> added, List<Datom> removed) {
    long sumOne = one;
    long sumTwo = two;
    for (Datom datom : added) {
      long hash = hash(datom);
      sumOne += hash;
      sumTwo += mixed(hash);
    }
    for (Datom datom : removed) {
      long hash = hash(datom);
      sumOne -= hash;
      sumTwo -= mixed(hash);
    }
    return new IndexDigest(sumOne, sumTwo);
  }

  private static long hash(Datom datom) {
    long hash = mixed(datom.e());
    hash = mixed(hash + datom.a());
    hash = mixed(hash + datom.tx());
    return mixed(hash + hash(datom.v()));
  }

  private static long hash(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Long v -> mixed(v + 1);
      case String v -> text(2, v);
      case Boolean v -> v ? 3 : 4;
      case Keyword v -> text(5, v.toString());
      case Symbol v -> text(6, v.toString());
      case Instant v -> mixed(v.toEpochMilli() + 7);
      case UUID v -> mixed(v.getMostSignificantBits() + 8) + v.getLeastSignificantBits();
      case Double v -> mixed(Double.doubleToLongBits(v) + 9);
      case Float v -> mixed(Float.floatToIntBits(v) + 10L);
      case BigInteger v -> text(11, v.toString());
      case BigDecimal v -> text(12, v.toString());
      case URI v -> text(13, v.toString());
      case Bytes v -> mixed((14L << 32) + v.hashCode()) + v.size();
      case List<?> slots -> {
        long hash = 15;
        for (Object slot : slots) {
          hash = mixed(hash + hash(slot));
        }
        yield hash;
      }
      default -> throw new IllegalArgumentException("no datom holds a " + value.getClass());
    };
  }

  private static long text(long tag, String text) {
    return mixed((tag << 32) + text.hashCode()) + text.length();
  }

  /// The finalizer of SplitMix64: each bit depends on every bit.
  private static long mixed(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /// 32 hex digits.
  @Override
  public String toString() {
    return "%016x%016x".formatted(one, two);
  }
}
