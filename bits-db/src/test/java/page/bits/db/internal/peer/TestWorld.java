/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import page.bits.db.spi.Bytes;

/// The real world, whose monotonic clock a test can put forward.
final class TestWorld implements World {
  private final AtomicLong aheadNanos = new AtomicLong();
  private volatile long nanosPerLook;

  void advance(Duration by) {
    aheadNanos.addAndGet(by.toNanos());
  }

  /// From now on every look at the clock takes so long.
  void everyLookTakes(Duration time) {
    nanosPerLook = time.toNanos();
  }

  @Override
  public long nanos() {
    return SystemWorld.INSTANCE.nanos() + aheadNanos.addAndGet(nanosPerLook);
  }

  @Override
  public long wallMillis() {
    return SystemWorld.INSTANCE.wallMillis();
  }

  @Override
  public UUID newId() {
    return SystemWorld.INSTANCE.newId();
  }

  @Override
  public Bytes randomBytes(int count) {
    return SystemWorld.INSTANCE.randomBytes(count);
  }

  @Override
  public long random(long bound) {
    return SystemWorld.INSTANCE.random(bound);
  }
}
