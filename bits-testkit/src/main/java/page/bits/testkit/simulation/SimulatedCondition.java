/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayDeque;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/// A condition whose timed waits go by the simulated clock. Steps of a simulation follow each
/// other, so between giving up the lock and parking nobody else runs.
final class SimulatedCondition implements Condition {
  private static final class Waiter {
    private final Thread thread = Thread.currentThread();
    private boolean isSignalled;
  }

  private final Lock lock;
  private final SimulatedWorld world;
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

  SimulatedCondition(Lock lock, SimulatedWorld world) {
    this.lock = lock;
    this.world = world;
  }

  @Override
  public long awaitNanos(long nanos) throws InterruptedException {
    return within(nanos);
  }

  private long within(long nanos) throws InterruptedException {
    var waiter = new Waiter();
    waiters.add(waiter);
    long start = world.nanos();
    long left = nanos;
    boolean isInterrupted = false;
    lock.unlock();
    while (!waiter.isSignalled && left > 0 && !isInterrupted) {
      if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        world.parkNanos(this, left);
        left = nanos - (world.nanos() - start);
      }
      isInterrupted = Thread.interrupted();
    }
    lock.lock();
    waiters.remove(waiter);
    if (isInterrupted) {
      throw new InterruptedException();
    }
    return left;
  }

  @Override
  public void signal() {
    Waiter first = waiters.poll();
    if (first != null) {
      first.isSignalled = true;
      LockSupport.unpark(first.thread);
    }
  }

  @Override
  public void signalAll() {
    while (!waiters.isEmpty()) {
      signal();
    }
  }

  @Override
  public void await() throws InterruptedException {
    var _ = within(Long.MAX_VALUE);
  }

  @Override
  public void awaitUninterruptibly() {
    try {
      var _ = within(Long.MAX_VALUE);
    } catch (InterruptedException _) { // a wait may end for no reason: the caller looks again
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    return within(unit.toNanos(time)) > 0;
  }

  @Override
  public boolean awaitUntil(Date deadline) {
    throw new UnsupportedOperationException("the peer does not wait so");
  }
}
