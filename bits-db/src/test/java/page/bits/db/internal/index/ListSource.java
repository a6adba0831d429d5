/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import page.bits.db.Datom;
import page.bits.db.DatomOrder;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Schema;
import page.bits.db.spi.DatabaseId;

/// The obvious source: a list of the datoms that hold, filtered and sorted at each read.
public record ListSource(DatabaseId database, List<Datom> held, Schema schema, long basisT)
    implements DatomSource {
  public ListSource {
    held = List.copyOf(held);
  }

  public ListSource(List<Datom> held, Schema schema, long basisT) {
    this(new DatabaseId(UUID.randomUUID()), held, schema, basisT);
  }

  /// This source after a transaction.
  public ListSource with(List<Datom> txData, long t) {
    var next = new java.util.ArrayList<>(held);
    for (Datom datom : txData) {
      if (datom.added()) {
        next.add(datom);
      } else {
        next.removeIf(d -> d.e() == datom.e() && d.a() == datom.a() && d.v().equals(datom.v()));
      }
    }
    return new ListSource(database, next, schema.with(txData), t);
  }

  @Override
  public Iterator<Datom> read(DatomRange range) {
    return held.stream()
        .filter(datom -> covers(range.index(), datom))
        .filter(range::contains)
        .sorted(DatomOrder.of(range.index()))
        .iterator();
  }

  private boolean covers(Index index, Datom datom) {
    return switch (index) {
      case EAVT, AEVT -> true;
      case AVET -> schema.attribute(datom.a()).map(Attribute::hasAvet).orElse(false);
      case VAET -> schema.attribute(datom.a()).map(Attribute::isRef).orElse(false);
    };
  }
}
