/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions of other processes, which can only be asked again and again.
public final class Await {
  private static final Duration STEP = Duration.ofMillis(20);

  private Await() {}

  /// Asks until it is so; an error that names the condition after [BitsProcess#PATIENCE].
  public static void until(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + BitsProcess.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("never became true: " + what);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
