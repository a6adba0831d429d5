/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Answers asynchronous submissions whose deadline passed while nobody looked: one daemon thread
/// for the process.
///
/// Submissions are watched in one queue and looked at twenty times a second, so that watching costs
/// a queue entry and no timer.
final class Deadlines {
  private static final Duration WAIT_MAX = Duration.ofDays(100);
  private static final long LOOK_MILLIS = 50;
  private static final java.util.concurrent.ConcurrentLinkedQueue<Watched> WATCHED =
      new java.util.concurrent.ConcurrentLinkedQueue<>();
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("bits-deadlines").factory());
  private static final ScheduledFuture<?> LOOKING =
      TIMER.scheduleWithFixedDelay(
          Deadlines::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);

  private record Watched(Submission submission, World world) {}

  private Deadlines() {}

  /// The moment so long after another; what is longer than a hundred days counts as that.
  static long after(long nowNanos, Duration wait) {
    return nowNanos + (wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait).toNanos();
  }

  static void watch(Submission submission, World world) {
    if (LOOKING.isCancelled()) {
      throw new IllegalStateException("nobody cancels it");
    }
    WATCHED.add(new Watched(submission, world));
  }

  private static void look() {
    WATCHED.removeIf(
        watched -> {
          if (!watched.submission().isAnswered()
              && watched.submission().isExpired(watched.world().nanos())) {
            watched.submission().timeOut();
          }
          return watched.submission().isAnswered();
        });
  }
}
