/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import page.bits.db.spi.Bytes;

/// The real world, whose monotonic clock a test can put forward.
final class TestWorld implements World {
  private final AtomicLong aheadNanos = new AtomicLong();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> looks = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> sleeps = new ConcurrentHashMap<>();
  private volatile long nanosPerLook;
  private volatile boolean isWakingOften;

  void advance(Duration by) {
    aheadNanos.addAndGet(by.toNanos());
  }

  /// From now on every look at the clock takes so long.
  void everyLookTakes(Duration time) {
    nanosPerLook = time.toNanos();
  }

  /// From now on nobody sleeps long, so that who waits for a time sees that it was put forward.
  void wakeOften() {
    isWakingOften = true;
  }

  /// Waits until the thread of that name has begun to look at the clock after this call.
  void awaitLook(String name) {
    awaitLook(name, () -> false);
  }

  /// Lets time pass in small steps, each of which the thread of that name sees, until it is enough.
  void passFor(String name, BooleanSupplier until) {
    while (!until.getAsBoolean()) {
      advance(Duration.ofMillis(400));
      awaitLook(name, until);
    }
  }

  private void awaitLook(String name, BooleanSupplier orUntil) {
    AtomicLong of = looks.computeIfAbsent(name, _ -> new AtomicLong());
    long before = of.get();
    while (of.get() == before && !orUntil.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /// Waits until the thread of that name sleeps again and again without looking at the clock.
  void awaitSleeps(String name) {
    AtomicLong of = sleeps.computeIfAbsent(name, _ -> new AtomicLong());
    of.set(0);
    while (of.get() < 3) {
      Thread.onSpinWait();
    }
  }

  @Override
  public long nanos() {
    String name = Thread.currentThread().getName();
    looks.computeIfAbsent(name, _ -> new AtomicLong()).getAndIncrement(); // before it looks
    sleeps.computeIfAbsent(name, _ -> new AtomicLong()).set(0);
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

  /// Threads of that name begin their work after the latch has opened.
  void holdBack(String name, CountDownLatch until) {
    held.put(name, until);
  }

  @Override
  public Thread thread(String name, Runnable task) {
    CountDownLatch until = held.getOrDefault(name, new CountDownLatch(0));
    return SystemWorld.INSTANCE.thread(
        name,
        () -> {
          try {
            until.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          task.run();
        });
  }

  @Override
  public void start(Runnable task) {
    SystemWorld.INSTANCE.start(task);
  }

  @Override
  public Executor workers(String name) {
    return SystemWorld.INSTANCE.workers(name);
  }

  @Override
  public Condition condition(Lock lock) {
    return SystemWorld.INSTANCE.condition(lock);
  }

  @Override
  public void parkNanos(Object blocker, long nanos) {
    String name = Thread.currentThread().getName();
    sleeps.computeIfAbsent(name, _ -> new AtomicLong()).getAndIncrement();
    SystemWorld.INSTANCE.parkNanos(blocker, isWakingOften ? Math.min(nanos, 20_000_000) : nanos);
  }

  @Override
  public void join(Thread thread, Duration atMost) throws InterruptedException {
    SystemWorld.INSTANCE.join(thread, atMost);
  }
}
