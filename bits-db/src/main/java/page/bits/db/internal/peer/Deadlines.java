/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Answers asynchronous submissions whose deadline passed while nobody looked: one daemon thread
/// for the process, which is started by the first submission. Thread-safe.
///
/// Submissions are watched in one queue and looked at twenty times a second while there are any, so
/// that watching costs a queue entry and no timer. Whatever was answered and has dependents that do
/// not know of it yet is told again then, on a thread of its own.
final class Deadlines {
  /// Those of this process.
  static final Deadlines SYSTEM = new Deadlines(SystemWorld.INSTANCE);

  private static final Duration WAIT_MAX = Duration.ofDays(100);
  private static final long LOOK_NANOS = 50_000_000;

  private record Watched(Submission submission, World world) {}

  private final World world;
  private final ConcurrentLinkedQueue<Watched> watched = new ConcurrentLinkedQueue<>();
  private volatile boolean isAsleep;
  private @Nullable volatile Thread thread;

  Deadlines(World world) {
    this.world = world;
  }

  /// The moment so long after another; what is longer than a hundred days counts as that.
  static long after(long nowNanos, Duration wait) {
    return nowNanos + (wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait).toNanos();
  }

  /// `clock` is the world whose time the deadline of the submission is in.
  void watch(Submission submission, World clock) {
    watched.add(new Watched(submission, clock));
    if (thread == null) {
      startThread();
    } else if (isAsleep) {
      LockSupport.unpark(thread);
    }
  }

  private synchronized void startThread() {
    if (thread == null) {
      Thread looking = world.thread("bits-deadlines", this::run);
      thread = looking;
      looking.start();
    }
  }

  private void run() {
    while (true) {
      look();
      isAsleep = true;
      if (watched.isEmpty()) {
        LockSupport.park(this);
      }
      isAsleep = false;
      world.parkNanos(this, LOOK_NANOS);
    }
  }

  private void look() {
    watched.removeIf(
        each -> {
          Submission submission = each.submission();
          if (submission.isAnswered()) {
            if (!submission.isTold()) {
              each.world()
                  .start(submission::tellDependents); // the others may be stuck in another's
            }
          } else if (submission.isExpired(each.world().nanos())) {
            submission.timeOut();
          }
          return submission.isTold();
        });
  }
}
