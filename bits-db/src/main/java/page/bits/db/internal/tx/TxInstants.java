/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.internal.schema.Ids;

/// The time of a transaction: the storage's clock, never before the transaction before it; or what
/// the forms say, between the two.
final class TxInstants {
  private TxInstants() {}

  /// The transaction's time; takes the claim that gives it out of the changes.
  static Instant take(Before before, List<Claim> changes) {
    Instant last = before.context().lastTxInstant().truncatedTo(ChronoUnit.MILLIS);
    Instant clock = before.context().now().truncatedTo(ChronoUnit.MILLIS);
    Instant now = clock.isBefore(last) ? last : clock;
    for (int i = 0; i < changes.size(); i++) {
      Claim change = changes.get(i);
      if (change.a().id() == Ids.TX_INSTANT) {
        changes.remove(i); // only the transaction's own is ever among the changes
        return checked(last, (Instant) change.v(), now, change.form());
      }
    }
    return now;
  }

  private static Instant checked(Instant last, Instant given, Instant now, int form) {
    if (given.isBefore(last)) {
      throw Refusals.instantOutOfRange(DbError.PAST_TX_INSTANT, form, given, last, now);
    }
    if (given.isAfter(now)) {
      throw Refusals.instantOutOfRange(DbError.FUTURE_TX_INSTANT, form, given, last, now);
    }
    return given;
  }

  static Datom datom(Before before, Instant instant) {
    return new Datom(before.tx(), Ids.TX_INSTANT, instant, before.tx(), /* added= */ true);
  }
}
