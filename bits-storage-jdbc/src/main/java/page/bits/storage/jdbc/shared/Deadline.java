/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.shared;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.spi.StorageErrors;

/// The moment at which one call gives up, on the monotonic clock of this process.
public final class Deadline {
  private static final long PAUSE_NANOS_MIN = 20_000;
  private static final long PAUSE_NANOS_MAX = 4_000_000;

  private final Duration length;
  private final long endNanos;

  private Deadline(Duration length) {
    this.length = length;
    this.endNanos = System.nanoTime() + length.toNanos();
  }

  public static Deadline in(Duration length) {
    return new Deadline(length);
  }

  public Duration length() {
    return length;
  }

  /// What is left; zero or less when it has passed.
  public long remainingNanos() {
    return endNanos - System.nanoTime();
  }

  /// Waits a moment that grows with `attempt` (from 0) and differs between rivals;
  /// `:bits.error/busy` when the deadline has passed.
  public void pause(int attempt, String waitingFor) {
    long remaining = remainingNanos();
    if (remaining <= 0) {
      throw StorageErrors.busy(waitingFor, length);
    }
    long most = Math.min(PAUSE_NANOS_MAX, PAUSE_NANOS_MIN << Math.min(attempt, 16));
    long pause = ThreadLocalRandom.current().nextLong(PAUSE_NANOS_MIN / 2, most + 1);
    LockSupport.parkNanos(Math.min(remaining, pause));
    if (Thread.currentThread().isInterrupted()) {
      throw StorageErrors.interrupted(null);
    }
  }
}
