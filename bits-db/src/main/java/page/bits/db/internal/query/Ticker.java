/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

/// Counts the work of one query, and ends it when its thread is interrupted. Confined to that
/// thread.
final class Ticker {
  private static final int CHECK_EVERY = 1024;

  private int ticks;

  /// One more datom or row. The interrupt flag stays set.
  void tick() {
    if (++ticks % CHECK_EVERY == 0 && Thread.currentThread().isInterrupted()) {
      throw QueryErrors.interrupted();
    }
  }
}
