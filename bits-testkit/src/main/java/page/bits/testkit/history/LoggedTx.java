/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.List;
import java.util.UUID;

/// A transaction as the log has it. `chain` are the first eight bytes of the chain digest after it.
record LoggedTx(
    long prevT, long t, long instantMillis, UUID submission, List<Said> said, long chain) {
  /// A datom: keywords as text with their colon, integers as `Long`.
  record Said(long e, long a, Object v, boolean added) {}

  /// The hash that a subscriber writes down for these datoms.
  long hash() {
    long hash = 0;
    for (Said datom : said) {
      hash = Hashes.datom(hash, datom.e(), datom.a(), datom.v(), datom.added());
    }
    return hash;
  }
}
