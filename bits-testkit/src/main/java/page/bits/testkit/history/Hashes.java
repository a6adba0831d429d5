/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.time.Instant;
import java.util.UUID;

/// Hashes by which clients and the checker compare what is too much to write down. Stateless.
public final class Hashes {
  private Hashes() {}

  /// A number whose bits all depend on all bits of `x`.
  public static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// What an item adds to the state of its list; the order does not matter.
  public static long item(long item) {
    return mix(item);
  }

  /// What a balance adds to the state of the bank.
  public static long balance(int account, long balance) {
    return mix(mix(account) + balance);
  }

  /// The hash of a report's data after one more datom.
  public static long datom(long before, long e, long a, Object v, boolean added) {
    return mix(mix(mix(mix(before + e) + a) + value(v)) + (added ? 1 : 0));
  }

  private static long value(Object v) {
    return switch (v) {
      case Long number -> number;
      case Boolean flag -> flag ? 1 : 2;
      case Instant instant -> instant.toEpochMilli();
      case UUID uuid -> uuid.getMostSignificantBits() ^ mix(uuid.getLeastSignificantBits());
      default -> v.toString().hashCode();
    };
  }
}
