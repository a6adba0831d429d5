/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log.v1;

import page.bits.db.internal.log.LogRecord;
import page.bits.db.spi.Bytes;

/// A record and its bytes, before it has a place in the log. `ephemeral` is the section of its
/// ephemeral datoms, empty when it has none.
public record EncodedRecord(LogRecord record, Bytes body, Bytes ephemeral) {
  private static final int SECTION_OVERHEAD_BYTES = 5 + 8;

  public int sizeBytes() {
    return ephemeral.size() == 0
        ? body.size()
        : body.size() + ephemeral.size() + SECTION_OVERHEAD_BYTES;
  }
}
