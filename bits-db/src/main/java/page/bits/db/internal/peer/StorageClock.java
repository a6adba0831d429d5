/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Instant;
import page.bits.db.spi.Storage;

/// The storage's clock as this process can tell it without asking each time: the local clock and a
/// measured offset.
///
/// Thread-safe. Only txInstants come from it; no decision trusts it.
final class StorageClock {
  private final World world;
  private final Storage storage;
  private volatile long offsetMillis;

  StorageClock(World world, Storage storage) {
    this.world = world;
    this.storage = storage;
    measure();
  }

  /// Asks the storage, taking the middle of the question as the moment of its answer.
  void measure() {
    long before = world.wallMillis();
    long storageMillis = storage.now().toEpochMilli();
    long after = world.wallMillis();
    offsetMillis = storageMillis - (before + after) / 2;
  }

  Instant now() {
    return Instant.ofEpochMilli(world.wallMillis() + offsetMillis);
  }
}
