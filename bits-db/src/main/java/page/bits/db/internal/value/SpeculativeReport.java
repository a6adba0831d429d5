/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Partition;
import page.bits.db.TxReport;
import page.bits.db.internal.tx.Evaluated;

/// The report of a transaction that was only tried: it has no place in the log, so its cursor's
/// digest is 0 and its submission id nil.
record SpeculativeReport(Evaluated evaluated, long prevT, Db dbBefore, Db dbAfter)
    implements TxReport {
  @Override
  public long t() {
    return evaluated.t();
  }

  @Override
  public long tx() {
    return Partition.tx(evaluated.t());
  }

  @Override
  public Instant txInstant() {
    return evaluated.txInstant();
  }

  @Override
  public Cursor cursor() {
    return new Cursor(evaluated.t(), 0);
  }

  @Override
  public UUID submissionId() {
    return new UUID(0, 0);
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public List<Datom> txData() {
    return evaluated.datoms();
  }

  @Override
  public Map<String, Long> tempids() {
    return evaluated.tempids();
  }
}
