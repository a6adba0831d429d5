/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.Iterator;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.internal.schema.Schema;
import page.bits.db.spi.DatabaseId;

/// What queries, pull and the evaluation of transactions read from: the datoms of one database
/// view, in index order.
///
/// Immutable and thread-safe; every view (now, as-of, with pending data) is one. This is the
/// interface that persisted indexes have too.
public interface DatomSource {
  /// Which database this is a view of.
  DatabaseId database();

  /// Today's schema, also for views of the past.
  Schema schema();

  /// The t of the newest transaction in the base of this view.
  long basisT();

  /// The datoms of the view inside the range, lazily, in the order of the range's index. A view of
  /// now or of the past gives only assertions that hold then. AVET holds only attributes that
  /// [page.bits.db.internal.schema.Attribute#hasAvet()], VAET only references; the caller checks.
  Iterator<Datom> read(DatomRange range);

  /// The same datoms, last first.
  default Iterator<Datom> readReverse(DatomRange range) {
    var datoms = new ArrayList<Datom>();
    read(range).forEachRemaining(datoms::add);
    return datoms.reversed().iterator();
  }

  /// Whether [#read] gives every assertion and retraction instead of what holds: then one fact may
  /// come several times, each with its transaction.
  default boolean isHistory() {
    return false;
  }

  /// About how many datoms the range holds, never more than `max`: a guess that decides the order
  /// of work and never a result, so a view that records what is read need not record it. This
  /// implementation counts.
  default long estimate(DatomRange range, int max) {
    Iterator<Datom> datoms = read(range);
    int count = 0;
    while (count < max && datoms.hasNext()) {
      datoms.next();
      count++;
    }
    return count;
  }
}
