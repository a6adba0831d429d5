/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions that nobody tells of, asking again and again: first every millisecond, then
/// every 20 ms. Fails, and names the condition, when it has not held for a minute.
public final class Await {
  private static final Duration AT_MOST = Duration.ofSeconds(60);
  private static final Duration FIRST_STEP = Duration.ofMillis(1);
  private static final Duration STEP_MAX = Duration.ofMillis(20);

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    long begunNanos = System.nanoTime();
    while (!condition.getAsBoolean()) {
      long waitedNanos = System.nanoTime() - begunNanos;
      if (waitedNanos > AT_MOST.toNanos() || Thread.currentThread().isInterrupted()) {
        throw new AssertionError(
            "not within " + TimeUnit.NANOSECONDS.toSeconds(waitedNanos) + " s: " + what);
      }
      long step = Math.max(FIRST_STEP.toNanos(), waitedNanos / 20);
      LockSupport.parkNanos(Math.min(step, STEP_MAX.toNanos()));
    }
  }
}
