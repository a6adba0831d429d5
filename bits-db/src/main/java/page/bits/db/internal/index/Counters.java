/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.time.Instant;
import page.bits.db.internal.schema.Ids;

/// The numbers that a database value hands on to the next transaction: the newest t, the next free
/// number that transactions and ordinary entities share, the next schema-element number, and the
/// newest txInstant.
public record Counters(long t, long nextEntity, long nextElement, Instant txInstant) {
  /// The counters of a database that was just born.
  public static final Counters BIRTH =
      new Counters(0, Ids.FIRST_ENTITY, Ids.FIRST_ELEMENT, Instant.EPOCH);
}
