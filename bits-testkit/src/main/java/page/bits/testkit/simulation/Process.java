/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/// A simulated process: threads that crash, stop and go on together, and clocks of their own.
final class Process {
  private final String name;
  private final Scheduler scheduler;
  private final List<Fiber> keptBack = new ArrayList<>();
  private final long nanosBase;
  private long wallMillisAhead;
  private boolean isPaused;
  private boolean wasPaused;
  private boolean isDead;
  private boolean isUsed;

  /// `nanosBase` is what its monotonic clock shows at the begin of the simulation.
  Process(String name, Scheduler scheduler, long nanosBase, long wallMillisAhead) {
    this.name = name;
    this.scheduler = scheduler;
    this.nanosBase = nanosBase;
    this.wallMillisAhead = wallMillisAhead;
  }

  String name() {
    return name;
  }

  long nanos() {
    return nanosBase + scheduler.nowNanos();
  }

  long wallMillis() {
    return Simulation.EPOCH_MILLIS + scheduler.nowNanos() / 1_000_000 + wallMillisAhead;
  }

  /// Its wall clock is set.
  void setWall(long millisAhead) {
    wallMillisAhead = millisAhead;
  }

  boolean isDead() {
    return isDead;
  }

  /// Whether clients have used it: before, it makes the schema, which may be there.
  boolean isUsed() {
    return isUsed;
  }

  void used() {
    isUsed = true;
  }

  boolean isPaused() {
    return isPaused;
  }

  /// Nothing of it runs ever again, from wherever it is.
  void crash() {
    isDead = true;
    keptBack.clear();
    scheduler.forget(this);
  }

  boolean wasPaused() {
    return wasPaused;
  }

  void pause() {
    isPaused = true;
    wasPaused = true;
  }

  void wake() {
    isPaused = false;
    scheduler.release(keptBack);
    keptBack.clear();
  }

  /// Whether the fiber may not run at the moment; it is then kept for [#wake()].
  boolean keepsBack(Fiber fiber) {
    if (isPaused && !isDead) {
      keptBack.add(fiber);
    }
    return isPaused || isDead;
  }
}
