/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/* Who runs next, and what time it is.
 *
 * One thread of the JVM, the carrier, runs everything. Which of the fibers that can go on does so is drawn from the
 * seed. Steps take no time: the clock moves only when no fiber can go on, to the next timer. A fiber that becomes ready may be
 * left out for a while, as an operating system would.
 */

/// The seeded scheduler and clock of one simulation. Confined to the thread that runs it and the
/// fibers that it steps.
final class Scheduler {
  /// Something that happens at its time, on the carrier.
  static final class Timer {
    private final long atNanos;
    private final long tie;
    private final Runnable action;
    private boolean isOver;

    private Timer(long atNanos, long tie, Runnable action) {
      this.atNanos = atNanos;
      this.tie = tie;
      this.action = action;
    }

    void cancel() {
      isOver = true;
    }
  }

  private final SplittableRandom random;
  private final Trace trace;
  private final Thread carrier = Thread.currentThread();
  private final ArrayList<Fiber> ready = new ArrayList<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          Comparator.<Timer>comparingLong(timer -> timer.atNanos)
              .thenComparingLong(timer -> timer.tie));
  private final Map<Thread, Fiber> fibers = new IdentityHashMap<>();
  private Swarm swarm;
  private @Nullable Fiber stepping;
  private @Nullable Throwable death;
  private long nowNanos;
  private long ties;
  private long steps;

  Scheduler(SplittableRandom random, Swarm swarm, Trace trace) {
    this.random = random;
    this.swarm = swarm;
    this.trace = trace;
  }

  /// Nanoseconds since the begin of the simulation.
  long nowNanos() {
    return nowNanos;
  }

  long steps() {
    return steps;
  }

  Swarm swarm() {
    return swarm;
  }

  /// From now on nothing fails.
  void heal() {
    swarm = swarm.healed();
  }

  /// A thread ended with an exception, which no thread of a peer ever does.
  void died(Fiber fiber, Throwable reason) {
    trace.note(nowNanos, fiber + " died of " + reason);
    if (death == null) {
      death = reason;
    }
  }

  private void checkAlive() {
    switch (death) {
      case null -> {}
      case Error error -> throw error;
      default -> throw new IllegalStateException("a thread died", death);
    }
  }

  /// Where every thread waits, for whoever reads of a failure.
  List<String> waiting() {
    return fibers.values().stream().map(Fiber::whereabouts).sorted().toList();
  }

  /// A thread that has not started.
  Fiber fiber(Process process, String name, Runnable task) {
    var fiber = new Fiber(this, process, name, task);
    fibers.put(fiber.thread(), fiber);
    return fiber;
  }

  Fiber of(Thread thread) {
    Fiber fiber = fibers.get(thread);
    if (fiber == null) {
      throw new IllegalStateException(thread + " is none of this simulation");
    }
    return fiber;
  }

  Timer after(long nanos, Runnable action) {
    var timer = new Timer(nowNanos + Math.max(0, nanos), ties++, action);
    timers.add(timer);
    return timer;
  }

  /// Whether this fiber is the one whose step is being run.
  boolean isStepping(Fiber fiber) {
    return stepping == fiber;
  }

  /// Whether the calling thread is neither the carrier nor a fiber that it steps.
  boolean isElsewhere() {
    Thread caller = Thread.currentThread();
    Fiber now = stepping;
    return caller != carrier && (now == null || caller != now.thread());
  }

  /// The fiber can go on: now, or after a while if it is to be left out.
  void ready(Fiber fiber) {
    if (random.nextDouble() < swarm.leftOut()) {
      var _ = after(random.nextLong(swarm.leftOutNanosMax()), () -> enqueue(fiber));
    } else {
      enqueue(fiber);
    }
  }

  private void enqueue(Fiber fiber) {
    if (!fiber.process().keepsBack(fiber)) {
      ready.add(fiber);
    }
  }

  /// Another fiber may run before this one goes on. Called on a fiber.
  void yield() {
    Fiber now = stepping;
    if (now == null || now.thread() != Thread.currentThread()) {
      throw new IllegalStateException("not on a fiber");
    }
    now.yield();
  }

  /// The calling fiber does nothing for so long, unless it is interrupted.
  void sleep(long nanos) {
    Thread thread = Thread.currentThread();
    long end = nowNanos + nanos;
    while (nowNanos < end && !thread.isInterrupted()) {
      Timer timer = after(end - nowNanos, () -> LockSupport.unpark(thread));
      LockSupport.park(this);
      timer.cancel();
    }
  }

  /// Whether something of this chance happens.
  boolean happens(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }

  /// Runs until the condition holds or so much time has passed; whether it holds.
  boolean run(BooleanSupplier until, long nanosMax, long stepsMax) {
    long end = nowNanos + nanosMax;
    long last = steps + stepsMax;
    while (!until.getAsBoolean()) {
      if (!ready.isEmpty()) {
        if (steps >= last) {
          return false;
        }
        step(takeReady());
        checkAlive();
      } else if (!nextTimer(end)) {
        nowNanos = end;
        return until.getAsBoolean();
      }
    }
    return true;
  }

  private Fiber takeReady() {
    int index = ready.size() == 1 ? 0 : random.nextInt(ready.size());
    Fiber chosen = ready.get(index);
    Fiber last = ready.removeLast();
    if (last != chosen) {
      ready.set(index, last);
    }
    return chosen;
  }

  private void step(Fiber fiber) {
    if (fiber.process().isDead()) {
      return;
    }
    steps++;
    trace.step(nowNanos, fiber);
    stepping = fiber;
    try {
      fiber.step();
    } finally {
      stepping = null;
    }
    if (fiber.hasEnded()) {
      fibers.remove(fiber.thread());
    }
  }

  /// Goes to the next timer, if that is not after the end.
  private boolean nextTimer(long endNanos) {
    Timer next = timers.peek();
    while (next != null && next.isOver) {
      timers.remove();
      next = timers.peek();
    }
    if (next == null || next.atNanos > endNanos) {
      return false;
    }
    timers.remove();
    nowNanos = next.atNanos;
    next.action.run();
    return true;
  }

  /// Steps that were kept back while their process was paused can be run again.
  void release(List<Fiber> kept) {
    ready.addAll(kept);
  }

  /// Forgets the threads of a process that has ended.
  void forget(Process process) {
    fibers.values().removeIf(fiber -> fiber.process() == process);
    ready.removeIf(fiber -> fiber.process() == process);
  }
}
