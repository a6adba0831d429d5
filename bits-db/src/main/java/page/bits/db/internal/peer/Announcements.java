/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.function.LongSupplier;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.error.BitsException;

/// Tells other peers of entries of ours, once they are in the log and before they are applied here.
///
/// Where appends take about as long as a hint's way, an entry that goes alone is told of while it
/// is appended: the two ways are then gone side by side. Who hears of it looks for it for a moment
/// ([Tail]). It is told of again when the append took longer than that, so a hint that came in vain
/// costs a few reads and nothing else. One append is in flight at a time.
final class Announcements {
  /// For so long who hears of an entry looks for it.
  static final long AHEAD_NANOS = 3_000_000;

  /// Appends that are quicker (memory) win nothing.
  private static final long INSTANT_NANOS = 50_000;

  /// Who committed within this time is one of several writers.
  private static final long RIVALS_NANOS = 1_000_000_000;

  private final DatabaseId database;
  private final Storage storage;
  private final World world;
  private final LongSupplier foreignSeenNanos;
  private volatile long newest;
  private volatile long lonePosition;
  private volatile long loneBegunNanos;
  private volatile boolean isToldAhead;
  private volatile long lastTookNanos = Long.MAX_VALUE;

  /// `foreignSeenNanos` is when an entry of others was seen last.
  Announcements(DatabaseId database, Storage storage, World world, LongSupplier foreignSeenNanos) {
    this.database = database;
    this.storage = storage;
    this.world = world;
    this.foreignSeenNanos = foreignSeenNanos;
  }

  /// The newest entry of ours that others were told of. It may not be applied yet, nor be in the
  /// log.
  long newest() {
    return Math.max(newest, isToldAhead ? lonePosition : 0);
  }

  /// An entry is about to be appended while nothing else waits. Where others commit too, their
  /// processors and their server have better things to do than to look for it.
  void goesAlone(long position) {
    long now = world.nanos();
    boolean isRivalled = now - foreignSeenNanos.getAsLong() < RIVALS_NANOS;
    lonePosition = position;
    loneBegunNanos = now;
    isToldAhead = !isRivalled && lastTookNanos >= INSTANT_NANOS && lastTookNanos < AHEAD_NANOS;
    if (isToldAhead) {
      tell(position);
    }
  }

  /// An entry is in the log.
  void isThere(long position) {
    newest = position;
    boolean isKnown = false;
    if (position == lonePosition) {
      lastTookNanos = world.nanos() - loneBegunNanos;
      isKnown = isToldAhead && lastTookNanos < AHEAD_NANOS;
    }
    if (!isKnown) {
      tell(position);
    }
  }

  private void tell(long position) {
    try {
      storage.hint(database, position);
    } catch (BitsException _) {
      // a hint may be lost
    }
  }
}
