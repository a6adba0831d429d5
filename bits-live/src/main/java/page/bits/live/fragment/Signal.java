/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Wakes the one thread that writes to a stream. Any number of calls while it is busy are one.
public final class Signal {
  private final Semaphore semaphore = new Semaphore(0);
  private final AtomicLong pending = new AtomicLong();
  private volatile boolean isClosed;
  private volatile boolean isDraining;

  /// Says that there is something new.
  void raise() {
    if (pending.getAndIncrement() == 0) {
      semaphore.release();
    }
  }

  /// Ends the stream.
  public void close() {
    isClosed = true;
    raise();
  }

  /// Ends the stream, whose reader is to go on elsewhere.
  public void drain() {
    isDraining = true;
    close();
  }

  public boolean isDraining() {
    return isDraining;
  }

  public boolean isClosed() {
    return isClosed;
  }

  /// Waits for something new; returns how many calls there were, 0 when none came in time.
  public long await(Duration atMost) throws InterruptedException {
    return semaphore.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS) ? pending.getAndSet(0) : 0;
  }
}
