/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ReportableTest {
  private final TestWorld world = new TestWorld();
  private final ReentrantLock applying = new ReentrantLock();
  private final Reportable reportable = new Reportable(world, applying, 4);
  private Thread thread = Thread.currentThread();

  private long inOneHour() {
    return world.nanos() + Duration.ofHours(1).toNanos();
  }

  private FutureTask<Boolean> waitingFor(long position) {
    long deadline = inOneHour();
    var waiting = new FutureTask<>(() -> reportable.await(position, deadline, () -> false));
    thread = Thread.ofPlatform().name("waiting").start(waiting);
    return waiting;
  }

  private void awaitState(Thread.State state, FutureTask<?> waiting) {
    while (thread.getState() != state && !waiting.isDone()) {
      Thread.onSpinWait();
    }
  }

  /// Somebody applies position 5 in this way, while somebody waits for the lock.
  private void apply(Runnable how) {
    applying.lock();
    try {
      reportable.comes(5);
      while (!applying.hasQueuedThreads()) {
        Thread.onSpinWait();
      }
      how.run();
    } finally {
      reportable.came();
      applying.unlock();
    }
  }

  @Test
  void positionThatComes_isWaitedForAtTheLock() throws Exception {
    FutureTask<Boolean> waiting = waitingFor(5);
    apply(
        () -> {
          assertThat(waiting.isDone()).isFalse();
          reportable.raise(5);
        });
    assertThat(waiting.get()).isTrue();
  }

  @Test
  void positionThatCameToNothing_isWaitedForFurther() throws Exception {
    FutureTask<Boolean> waiting = waitingFor(5);
    apply(() -> {});
    awaitState(Thread.State.TIMED_WAITING, waiting); // it goes on waiting
    assertThat(waiting.isDone()).isFalse();
    reportable.raise(5);
    assertThat(waiting.get()).isTrue();
  }

  @Test
  void earlierPositionThatComes_wakesNobodyForGood() throws Exception {
    FutureTask<Boolean> waiting = waitingFor(6);
    applying.lock();
    try {
      reportable.comes(5);
      reportable.raise(5);
      reportable.came();
    } finally {
      applying.unlock();
    }
    awaitState(Thread.State.TIMED_WAITING, waiting);
    assertThat(waiting.isDone()).isFalse();
    reportable.raise(6);
    assertThat(waiting.get()).isTrue();
  }

  @Test
  void deadlineThatHasPassed_endsTheWait() throws Exception {
    assertThat(reportable.await(4, world.nanos(), () -> false)).isTrue();
    assertThat(reportable.await(5, world.nanos(), () -> false)).isFalse();
    applying.lock();
    try {
      reportable.comes(5);
      assertThat(reportable.await(5, world.nanos(), () -> false)).isFalse();
    } finally {
      reportable.came();
      applying.unlock();
    }
  }
}
