/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.UUID;

/// The ids of submissions whose caller gave none: random, and telling after which t to look for the
/// transaction in the log.
///
/// A UUID of version 8: 48 bits of t, then 74 random bits around version and variant. No index of
/// ids is needed anywhere, on disk or in memory.
final class SubmissionIds {
  private static final int VERSION = 8;
  private static final int T_BITS = 48;

  private SubmissionIds() {}

  /// An id for what is submitted where t is known to be committed. `random` is any random UUID.
  static UUID after(long t, UUID random) {
    long most =
        (t << (Long.SIZE - T_BITS))
            | ((long) VERSION << 12)
            | (random.getMostSignificantBits()
                & 0xfff); // below the version of any UUID all is free
    return new UUID(most, random.getLeastSignificantBits());
  }

  /// Whether an id can be one of these; those of callers can be anything.
  static boolean isOurs(UUID id) {
    return id.version() == VERSION && id.variant() == 2;
  }

  /// The t after which the transaction is, if it is anywhere.
  static long after(UUID id) {
    return id.getMostSignificantBits() >>> (Long.SIZE - T_BITS);
  }
}
