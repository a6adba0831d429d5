/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.relation;

import page.bits.db.internal.query.algebra.QueryErrors;

/// Counts the work of one query, and ends it when its thread is interrupted or a join grows beyond
/// what fits in memory. Confined to that thread.
public final class Ticker {
  private static final int CHECK_EVERY = 1024;

  /// More rows than any answer needs, and fewer than fill the memory of a small server.
  private static final int ROWS_MAX = 10_000_000;

  private final int rowsMax;
  private int ticks;

  public Ticker() {
    this(ROWS_MAX);
  }

  public Ticker(int rowsMax) {
    this.rowsMax = rowsMax;
  }

  /// A join has so many rows.
  public void rows(int count) {
    if (count > rowsMax) {
      throw QueryErrors.tooManyRows(rowsMax);
    }
  }

  /// One more datom or row. The interrupt flag stays set.
  public void tick() {
    if (++ticks % CHECK_EVERY == 0 && Thread.currentThread().isInterrupted()) {
      throw QueryErrors.interrupted();
    }
  }
}
