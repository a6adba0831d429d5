/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.List;
import java.util.UUID;

/// A transaction as the log has it: what it said for good, and what is ephemeral. `chain` are the
/// first eight bytes of the chain digest after it; `excisedBy` is the t of the transaction that
/// excised some of it, 0 while it is whole.
record LoggedTx(
    long prevT,
    long t,
    long instantMillis,
    UUID submission,
    List<Said> durable,
    List<Said> ephemeral,
    long excisedBy,
    long chain) {
  /// A datom: keywords as text with their colon, integers as `Long`.
  record Said(long e, long a, Object v, boolean added) {}

  LoggedTx with(List<Said> section) {
    return new LoggedTx(prevT, t, instantMillis, submission, durable, section, excisedBy, chain);
  }

  /// The hash that a subscriber writes down for these datoms: what is ephemeral comes last.
  long hash() {
    return hash(hash(0, durable), ephemeral);
  }

  private static long hash(long before, List<Said> said) {
    long hash = before;
    for (Said datom : said) {
      hash = Hashes.datom(hash, datom.e(), datom.a(), datom.v(), datom.added());
    }
    return hash;
  }
}
