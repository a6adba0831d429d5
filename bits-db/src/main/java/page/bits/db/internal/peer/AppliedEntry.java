/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import page.bits.db.TxReport;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.log.Entry;

/// An entry and the index right after it, from which the values around each of its transactions are
/// cut. Immutable.
record AppliedEntry(Entry entry, MemoryIndex index) {
  TxReport report(int recordIndex) {
    return new RecordReport(entry.records().get(recordIndex), entry.cursor(recordIndex), index);
  }
}
