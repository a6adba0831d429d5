/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.relation;

import page.bits.db.internal.query.algebra.QueryErrors;

/// Counts the work of one query, those inside it included, and ends it when its thread is
/// interrupted, its time is over, or a relation grows beyond what fits in memory. Confined to that
/// thread.
public final class Ticker {
  private static final int CHECK_EVERY = 1024;
  private static final int DEPTH_MAX = 32;

  /// More rows than any answer needs.
  private static final int ROWS_MAX = 10_000_000;

  /// About what a row takes with what finds it again: rows fill a part of the heap at most.
  private static final int ROW_BYTES = 100;

  private final Deadline deadline;
  private final int rowsMax;
  private long ticks;
  private int depth;

  public Ticker(Deadline deadline) {
    this(deadline, (int) Math.min(ROWS_MAX, Runtime.getRuntime().maxMemory() / ROW_BYTES));
  }

  public Ticker(Deadline deadline, int rowsMax) {
    this.deadline = deadline;
    this.rowsMax = rowsMax;
  }

  /// How many datoms and rows were looked at.
  public long ticks() {
    return ticks;
  }

  /// A relation has so many rows.
  public void rows(int count) {
    if (count > rowsMax) {
      throw QueryErrors.tooManyRows(rowsMax);
    }
  }

  /// One more datom or row. The interrupt flag stays set.
  public void tick() {
    if (++ticks % CHECK_EVERY == 0) {
      check();
    }
  }

  /// One more call of a function, which may take long.
  public void call() {
    ticks++;
    check();
  }

  private void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw QueryErrors.interrupted();
    }
    if (deadline.isPassed()) {
      throw QueryErrors.timedOut(deadline.length());
    }
  }

  /// A query inside this one begins.
  public void enter() {
    if (++depth > DEPTH_MAX) {
      throw QueryErrors.tooDeep(DEPTH_MAX);
    }
  }

  /// It ended.
  public void leave() {
    depth--;
  }
}
