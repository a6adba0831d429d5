/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// The position up to which reports may be handed out, and those who wait for it. Thread-safe.
///
/// To wake somebody takes about as long as to apply an entry. So whoever applies one that came
/// alone wakes those who wait for it first, and they wait for the rest at the lock under which
/// entries are applied.
final class Reportable {
  private static final long NOTHING = -1;

  private final World world;
  private final ReentrantLock applying;
  private final ReentrantLock waiting = new ReentrantLock();
  private final Condition moved;
  private volatile long position;
  private volatile long coming = NOTHING;

  /// From this position on.
  Reportable(World world, ReentrantLock applying, long position) {
    this.world = world;
    this.applying = applying;
    this.moved = world.condition(waiting);
    this.position = position;
  }

  long position() {
    return position;
  }

  /// Reports up to this position may be handed out.
  void raise(long newest) {
    position = newest;
    signal();
  }

  /// The holder of the lock is about to apply the entry there, and calls [#came()] before it lets
  /// the lock go.
  void comes(long next) {
    coming = next;
    signal();
  }

  void came() {
    coming = NOTHING;
  }

  /// Those who wait look again.
  void signal() {
    waiting.lock();
    try {
      moved.signalAll();
    } finally {
      waiting.unlock();
    }
  }

  /// Waits until a position may be reported or `isOver` says so, which may throw; false at the
  /// deadline.
  boolean await(long wanted, long deadlineNanos, BooleanSupplier isOver)
      throws InterruptedException {
    while (!awaitComing(wanted, deadlineNanos, isOver)) {
      if (deadlineNanos - world.nanos() <= 0) {
        return position >= wanted;
      }
      applying.lockInterruptibly();
      applying.unlock();
    }
    return true;
  }

  /// False at the deadline, and when it comes.
  private boolean awaitComing(long wanted, long deadlineNanos, BooleanSupplier isOver)
      throws InterruptedException {
    waiting.lock();
    try {
      while (position < wanted && !isOver.getAsBoolean()) {
        long left = deadlineNanos - world.nanos();
        if (coming >= wanted || left <= 0 || moved.awaitNanos(left) <= 0) {
          return false;
        }
      }
      return true;
    } finally {
      waiting.unlock();
    }
  }
}
