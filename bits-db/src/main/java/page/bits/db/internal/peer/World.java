/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.spi.Bytes;

/// Time, chance and threads, as a peer gets them: the seam at which a simulation takes over.
///
/// A peer reads no clock, draws no number, starts no thread and waits for no time but through this.
/// Where no time limits a wait (a lock, a future, [java.util.concurrent.locks.LockSupport#park()]),
/// it waits as usual.
public interface World {
  /// Monotonic nanoseconds of this process.
  long nanos();

  /// Wall-clock milliseconds of this machine; only ever used with the storage clock's offset.
  long wallMillis();

  /// A fresh random id.
  UUID newId();

  /// That many random bytes.
  Bytes randomBytes(int count);

  /// A random number from 0 (inclusive) to `bound` (exclusive).
  long random(long bound);

  /// What tells people which process this is; nothing rests on it.
  default Itself itself() {
    return new Itself("", 0, "");
  }

  /// A process: its host, its number there, and the build that it runs.
  record Itself(String host, long pid, String build) {}

  /// A thread that does not keep the process alive, not started yet.
  Thread thread(String name, Runnable task);

  /// Runs a task on a thread of its own, at once and for as long as it likes.
  void start(Runnable task);

  /// Runs each task at once, on threads of this name that are used again.
  Executor workers(String name);

  /// Runs one task after the other, in their order, on one thread of this name. The one of
  /// [java.util.concurrent.Executors] is kept for ever, with all that it knows, unless it is shut
  /// down, and a simulated process that crashes shuts nothing down.
  default ExecutorService worker(String name) {
    return new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.NANOSECONDS, new LinkedBlockingQueue<>(), task -> thread(name, task));
  }

  /// A condition of the lock whose timed waits go by [#nanos()].
  Condition condition(Lock lock);

  /// Parks this thread until it is unparked or interrupted or so many nanoseconds have passed, or
  /// for no reason.
  void parkNanos(Object blocker, long nanos);

  /// Waits until the thread has ended, for so long at most.
  void join(Thread thread, Duration atMost) throws InterruptedException;

  /// Wakes a thread that was told to end, and waits until it has, for so long at most. An interrupt
  /// ends the wait and stays set.
  default void awaitEnd(Thread thread, Duration atMost) {
    LockSupport.unpark(thread);
    try {
      join(thread, atMost);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
