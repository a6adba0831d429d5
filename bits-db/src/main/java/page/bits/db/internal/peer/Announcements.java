/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.error.BitsException;

/// Tells other peers of entries of ours, once they are in the log and before they are applied here.
/// One append is in flight at a time.
final class Announcements {
  private final DatabaseId database;
  private final Storage storage;
  private volatile long newest;

  Announcements(DatabaseId database, Storage storage) {
    this.database = database;
    this.storage = storage;
  }

  /// The newest position at which we append, or have appended: whoever tells of it tells us
  /// nothing. If another entry wins it, the append says so.
  long newest() {
    return newest;
  }

  /// An entry is about to be appended; the storage may tell of it before the append returns.
  void begins(long position) {
    newest = position;
  }

  /// An entry is in the log.
  void isThere(long position) {
    try {
      storage.hint(database, position);
    } catch (BitsException _) {
      // a hint may be lost
    }
  }
}
