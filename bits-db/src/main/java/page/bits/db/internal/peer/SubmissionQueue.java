/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The submissions that wait for the committing thread of a peer, and what wakes that thread.
/// Thread-safe; only the committing thread takes and waits.
final class SubmissionQueue {
  /// What became of a submission that was offered.
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  static final int SIZE_MAX = 10_000;
  private static final int FORMS_SMALL_MAX = 16;
  private static final long LOOK_NANOS = 50_000_000;

  private final World world;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed;
  private final ArrayDeque<Submission> waiting = new ArrayDeque<>();
  private boolean isClosing;

  SubmissionQueue(World world) {
    this.world = world;
    this.changed = world.condition(lock);
  }

  /// Puts it behind all others.
  Offer offer(Submission submission) {
    lock.lock();
    try {
      if (isClosing) {
        return Offer.CLOSED;
      }
      if (waiting.size() >= SIZE_MAX) {
        return Offer.FULL;
      }
      waiting.add(submission);
      changed.signal();
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /// Puts these, in their order, in front of all others.
  void toFront(List<Submission> submissions) {
    lock.lock();
    try {
      submissions.reversed().forEach(waiting::addFirst);
    } finally {
      lock.unlock();
    }
  }

  /// The first one; null when there is none or no more are taken.
  @Nullable Submission poll() {
    lock.lock();
    try {
      return isClosing ? null : waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether one waits, and the first one is judged in no time.
  boolean isFirstSmall() {
    lock.lock();
    try {
      Submission first = isClosing ? null : waiting.peek();
      return first != null && first.tx().forms().size() <= FORMS_SMALL_MAX;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosing() {
    lock.lock();
    try {
      return isClosing;
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more.
  void close() {
    lock.lock();
    try {
      isClosing = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more, and gives up what waits.
  List<Submission> drain() {
    lock.lock();
    try {
      isClosing = true;
      List<Submission> left = List.copyOf(waiting);
      waiting.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }

  /// Something else changed that the committing thread may wait for.
  void wake() {
    lock.lock();
    try {
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it holds, looking whenever something changed; false when the time is over.
  boolean await(BooleanSupplier until, long nanosMax) {
    lock.lock();
    try {
      long left = nanosMax;
      while (!until.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) { // nobody interrupts the committing thread
      throw PeerErrors.internal(e);
    } finally {
      lock.unlock();
    }
  }

  /// Sleeps on any thread, unless it is closing; false then.
  boolean pause(long nanos) {
    long end = world.nanos() + nanos;
    while (!isClosing()) {
      long left = end - world.nanos();
      if (left <= 0) {
        return true;
      }
      world.parkNanos(this, Math.min(left, LOOK_NANOS));
    }
    return false;
  }
}
