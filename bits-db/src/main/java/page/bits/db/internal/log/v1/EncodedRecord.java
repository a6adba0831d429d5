/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.log.v1;

import page.bits.db.internal.log.LogRecord;
import page.bits.db.spi.Bytes;

/// A record and its bytes in format 1, before it has a place in the log.
public record EncodedRecord(LogRecord record, Bytes body) {
  public int sizeBytes() {
    return body.size();
  }
}
