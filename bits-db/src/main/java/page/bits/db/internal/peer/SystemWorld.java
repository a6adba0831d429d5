/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.Bytes;

/// The clock, the randomness and the threads of this machine: the one class of the module that asks
/// for them.
public final class SystemWorld implements World {
  public static final World INSTANCE = new SystemWorld();

  private final SecureRandom secure = new SecureRandom();

  private volatile @Nullable Itself itself;

  private SystemWorld() {}

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public UUID newId() {
    return UUID.randomUUID();
  }

  @Override
  public Bytes randomBytes(int count) {
    var bytes = new byte[count];
    secure.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  @Override
  public long random(long bound) {
    return ThreadLocalRandom.current().nextLong(bound);
  }

  @Override
  public Itself itself() {
    Itself known = itself;
    if (known == null) {
      String version = SystemWorld.class.getPackage().getImplementationVersion();
      known =
          new Itself(
              host(), ProcessHandle.current().pid(), version == null ? "development" : version);
      itself = known;
    }
    return known;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "";
    }
  }

  @Override
  public Thread thread(String name, Runnable task) {
    return Thread.ofPlatform().daemon().name(name).unstarted(task);
  }

  @Override
  public void start(Runnable task) {
    Thread.startVirtualThread(task);
  }

  @Override
  public Executor workers(String name) {
    return Executors.newCachedThreadPool(
        Thread.ofPlatform().daemon().name(name + "-", 0).factory());
  }

  @Override
  public Condition condition(Lock lock) {
    return lock.newCondition();
  }

  @Override
  public void parkNanos(Object blocker, long nanos) {
    LockSupport.parkNanos(blocker, nanos);
  }

  @Override
  public void join(Thread thread, Duration atMost) throws InterruptedException {
    var _ = thread.join(atMost);
  }
}
