/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.time.Instant;
import java.util.Iterator;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Ids;

/// A point in the history of a database, given as a t or as the entity id of a transaction.
public final class TimePoint {
  private TimePoint() {}

  /// The t that is meant.
  static long t(long given) {
    long partition = Partition.of(given);
    if (partition == Partition.TX) {
      return Partition.counter(given);
    }
    if (partition != 0) { // negative numbers have one too
      throw ValueErrors.invalidTimePoint(given);
    }
    return given;
  }

  /// The t of the first transaction at or after the point, for the ends of a range: numbers are
  /// taken as they are, instants are looked up in the source.
  public static long from(DatomSource source, Object point) {
    return switch (Given.normal(point)) {
      case Long t -> t(t);
      case Instant at -> {
        Iterator<Datom> found = source.read(Ranges.avRange(Ids.TX_INSTANT, at, null));
        yield found.hasNext() ? found.next().t() : source.basisT() + 1;
      }
      case null, default -> throw ValueErrors.noTimePoint(point);
    };
  }
}
