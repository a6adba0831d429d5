/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import page.bits.db.Cursor;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.spi.Digest;

/// Where a peer stands: the newest entry it has applied, and the index with it. Immutable.
record Head(long position, Digest digest, MemoryIndex index) {
  long t() {
    return index.basisT();
  }

  Cursor cursor() {
    return new Cursor(t(), digest.prefix());
  }
}
