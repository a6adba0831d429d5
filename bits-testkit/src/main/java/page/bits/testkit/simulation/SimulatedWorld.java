/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.internal.peer.World;
import page.bits.db.spi.Bytes;

/// Time, chance and threads of one simulated process.
final class SimulatedWorld implements World {
  private final Process process;
  private final Scheduler scheduler;
  private final SplittableRandom random;

  SimulatedWorld(Process process, Scheduler scheduler, SplittableRandom random) {
    this.process = process;
    this.scheduler = scheduler;
    this.random = random;
  }

  /// Whoever looks at the clock may be interrupted there.
  @Override
  public long nanos() {
    if (scheduler.happens(scheduler.swarm().preempted()) && Thread.currentThread().isVirtual()) {
      scheduler.yield();
    }
    return process.nanos();
  }

  @Override
  public long wallMillis() {
    return process.wallMillis();
  }

  @Override
  public UUID newId() {
    long most = (random.nextLong() & ~0xf000L) | 0x4000L;
    long least = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return new UUID(most, least);
  }

  @Override
  public Bytes randomBytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  @Override
  public long random(long bound) {
    return random.nextLong(bound);
  }

  @Override
  public Thread thread(String name, Runnable task) {
    return scheduler.fiber(process, name, task).thread();
  }

  @Override
  public void start(Runnable task) {
    thread("task", task).start();
  }

  @Override
  public Executor workers(String name) {
    return task -> thread(name, task).start();
  }

  @Override
  public Condition condition(Lock lock) {
    return new SimulatedCondition(lock, this);
  }

  @Override
  public void parkNanos(Object blocker, long nanos) {
    if (nanos <= 0) {
      return;
    }
    Thread thread = Thread.currentThread();
    Scheduler.Timer timer = scheduler.after(nanos, () -> LockSupport.unpark(thread));
    LockSupport.park(blocker);
    timer.cancel();
  }

  @Override
  public void join(Thread thread, Duration atMost) throws InterruptedException {
    if (thread.getState() == Thread.State.TERMINATED) {
      return;
    }
    Fiber fiber = scheduler.of(thread);
    long end = process.nanos() + atMost.toNanos();
    fiber.joinedBy(Thread.currentThread());
    while (!fiber.hasEnded() && process.nanos() < end) {
      parkNanos(thread, end - process.nanos());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
