/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions: returns as soon as one holds, fails when it has not for half a minute.
public final class Await {
  private static final Duration AT_MOST = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(1);

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    long endNanos = System.nanoTime() + AT_MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > endNanos) {
        throw new AssertionError("not within " + AT_MOST + ": " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN.toMillis()));
    }
  }
}
