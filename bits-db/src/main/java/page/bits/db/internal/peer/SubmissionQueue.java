/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The submissions that wait for the committing thread of a peer, and what wakes that thread.
/// Thread-safe; only the committing thread takes and waits.
///
/// It takes all that came at once, so that those who submit and the one who judges rarely meet at
/// the lock.
final class SubmissionQueue {
  /// What became of a submission that was offered.
  enum Offer {
    TAKEN,
    FULL,
    CLOSED
  }

  static final int SIZE_MAX = 10_000;
  private static final int FORMS_SMALL_MAX = 16;

  /// So many small ones are worth waking up for while an append is in flight: to be woken costs
  /// more than to judge one.
  private static final int CROWD = 16;

  private static final long CROWD_NANOS_MAX = 500_000;

  private static final long LOOK_NANOS = 50_000_000;

  private final World world;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed;

  /// What came since the committing thread looked; guarded by the lock.
  private ArrayDeque<Submission> came = new ArrayDeque<>();

  /// What it has taken from there, in front of the others; of the committing thread alone.
  private ArrayDeque<Submission> taken = new ArrayDeque<>();

  /// From how many small ones on an offer is signalled; set before the lock is taken to wait.
  private volatile int signalFrom = 1;

  private volatile int takenSize;
  private volatile int cameSize;
  private volatile boolean isClosing;

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
      if (came.size() + takenSize >= SIZE_MAX) {
        return Offer.FULL;
      }
      came.add(submission);
      cameSize = came.size();
      if (cameSize >= signalFrom || !isSmall(submission)) {
        changed.signal();
      }
      return Offer.TAKEN;
    } finally {
      lock.unlock();
    }
  }

  /// Puts these, in their order, in front of all others.
  void toFront(List<Submission> submissions) {
    submissions.reversed().forEach(taken::addFirst);
    takenSize = taken.size();
  }

  /// The first one; null when there is none or no more are taken.
  @Nullable Submission poll() {
    if (isClosing || peek() == null) {
      return null;
    }
    Submission first = taken.poll();
    takenSize = taken.size();
    return first;
  }

  private @Nullable Submission peek() {
    if (taken.isEmpty() && cameSize > 0) {
      lock.lock();
      try {
        ArrayDeque<Submission> empty = taken;
        taken = came;
        came = empty;
        takenSize = taken.size();
        cameSize = 0;
      } finally {
        lock.unlock();
      }
    }
    return taken.peek();
  }

  /// Whether one waits, and the first one is judged in no time.
  boolean isFirstSmall() {
    Submission first = isClosing ? null : peek();
    return first != null && isSmall(first);
  }

  private static boolean isSmall(Submission submission) {
    return submission.tx().forms().size() <= FORMS_SMALL_MAX;
  }

  /// How many wait.
  int size() {
    return takenSize + cameSize;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  boolean isClosing() {
    return isClosing;
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
      var left = new ArrayList<>(taken);
      left.addAll(came);
      taken.clear();
      came.clear();
      takenSize = 0;
      cameSize = 0;
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

  /// Waits for something to judge, or until it holds. In no hurry, it lets small submissions wait a
  /// little for others.
  void awaitWork(boolean isInHurry, BooleanSupplier until) {
    BooleanSupplier isOver = () -> hasCrowd() || until.getAsBoolean();
    boolean isFound = !isInHurry && awaitSome(CROWD, isOver, CROWD_NANOS_MAX);
    if (!isFound) {
      var _ = awaitSome(1, isOver, Long.MAX_VALUE);
    }
  }

  private boolean awaitSome(int count, BooleanSupplier until, long nanosMax) {
    signalFrom = count;
    return await(until, nanosMax);
  }

  private boolean hasCrowd() {
    Submission first = peek();
    return first != null && (size() >= signalFrom || !isSmall(first));
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
