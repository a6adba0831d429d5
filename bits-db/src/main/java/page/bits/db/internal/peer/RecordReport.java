/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Partition;
import page.bits.db.TxReport;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.value.DbValue;

/// The report of one record of the log. Its database values are cuts of an index that holds it,
/// made when asked for.
record RecordReport(LogRecord record, Cursor cursor, MemoryIndex index) implements TxReport {
  @Override
  public long t() {
    return record.t();
  }

  @Override
  public long prevT() {
    return record.prevT();
  }

  @Override
  public long tx() {
    return Partition.tx(record.t());
  }

  @Override
  public Instant txInstant() {
    return record.txInstant();
  }

  @Override
  public UUID submissionId() {
    return record.submissionId();
  }

  @Override
  public Db dbBefore() {
    return DbValue.moment(index, record.prevT());
  }

  @Override
  public Db dbAfter() {
    return DbValue.moment(index, record.t());
  }

  @Override
  public boolean isExact() {
    return index.isExactAt(record.prevT()) && index.isExactAt(record.t());
  }

  @Override
  public OptionalLong excisedBy() {
    return record.excisedBy();
  }

  @Override
  public List<Datom> txData() {
    return record.txData();
  }

  @Override
  public Map<String, Long> tempids() {
    return record.tempids();
  }

  @Override
  public String toString() {
    return "TxReport[" + cursor + ", " + record.datoms().size() + " datoms]";
  }
}
