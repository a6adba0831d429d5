/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.time.Instant;
import java.util.List;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.db.internal.schema.Ids;

/// The numbers that a database value hands on to the next transaction: the newest t, the next free
/// number that transactions and ordinary entities share, the next schema-element number, and the
/// newest txInstant.
public record Counters(long t, long nextEntity, long nextElement, Instant txInstant) {
  /// The counters of a database that was just born.
  public static final Counters BIRTH =
      new Counters(0, Ids.FIRST_ENTITY, Ids.FIRST_ELEMENT, Instant.EPOCH);

  /// The numbers after one more transaction, as far as its datoms say: above every entity that they
  /// are about.
  Counters after(List<Datom> txData) {
    long newestT = t;
    long entity = nextEntity;
    long element = nextElement;
    Instant instant = txInstant;
    for (Datom datom : txData) {
      newestT = Math.max(newestT, datom.t());
      if (Partition.of(datom.e()) == Partition.DB) {
        element = Math.max(element, datom.e() + 1);
      } else {
        entity = Math.max(entity, Partition.counter(datom.e()) + 1);
      }
      if (datom.a() == Ids.TX_INSTANT && datom.e() == datom.tx()) {
        instant = (Instant) datom.v();
      }
    }
    return new Counters(newestT, entity, element, instant);
  }
}
