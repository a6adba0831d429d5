/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/* A virtual thread whose every step is given to it by a Scheduler.
 *
 * The JDK lets virtual threads run on an executor of one's own only through a package-private method, which the tests
 * open by --add-opens java.base/java.lang=ALL-UNNAMED. Each fiber is the executor of its own thread, so it is always known
 * whose step is to be run: a process that crashed is one whose steps are never run again, one that is paused is one whose
 * steps wait.
 *
 * A step ends when the thread parks, yields or ends. If it ends in another way, a wait went past the seams, and the
 * simulation says so: a timed wait would wake on wall time, a monitor held across a step would never be free. The one
 * exception is a monitor that another simulation in this JVM holds for a moment (a cache, a class being loaded): the
 * step is taken to go on as soon as the JDK hands it back.
 */

/// A thread of a simulated process. Confined to the thread that runs its scheduler.
final class Fiber implements Executor {
  private static final Method NEW_VIRTUAL_THREAD = newVirtualThread();
  private static final long MONITOR_NANOS_MAX = 5_000_000_000L;

  private final Scheduler scheduler;
  private final Process process;
  private final String name;
  private final int nameHash;
  private final Thread thread;
  private final List<Thread> joining = new ArrayList<>();
  private @Nullable Runnable step;
  private volatile @Nullable Runnable handedBack;
  private boolean isYielding;
  private boolean hasEnded;

  Fiber(Scheduler scheduler, Process process, String name, Runnable task) {
    this.scheduler = scheduler;
    this.process = process;
    this.name = name;
    this.nameHash = 31 * process.name().hashCode() + name.hashCode();
    this.thread = thread(name, () -> run(task));
  }

  private static Method newVirtualThread() {
    try {
      Method method =
          Class.forName("java.lang.ThreadBuilders")
              .getDeclaredMethod(
                  "newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "simulations need --add-opens java.base/java.lang=ALL-UNNAMED", e);
    }
  }

  private Thread thread(String name, Runnable task) {
    try {
      return (Thread) NEW_VIRTUAL_THREAD.invoke(null, this, name, 0, task);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      scheduler.died(this, e);
    } finally {
      hasEnded = true;
      joining.forEach(LockSupport::unpark);
    }
  }

  Thread thread() {
    return thread;
  }

  int nameHash() {
    return nameHash;
  }

  Process process() {
    return process;
  }

  /// Called by the JDK when the thread can go on.
  @Override
  public void execute(Runnable next) {
    boolean isOwnStep = scheduler.isStepping(this);
    if (scheduler.isElsewhere() || (isOwnStep && !isYielding)) {
      handedBack = next; // from a monitor: it was not ours to give up
    } else {
      step = next;
      scheduler.ready(this);
    }
  }

  /// Runs one step, to the next park, yield or end.
  void step() {
    Runnable next = step;
    if (next == null) {
      throw new IllegalStateException(this + " has no step");
    }
    step = null;
    next.run();
    long since = 0;
    while (!isAtRest()) {
      Runnable back = handedBack;
      if (back != null) {
        handedBack = null;
        back.run();
      } else if (since == 0) {
        since = System.nanoTime();
      } else if (System.nanoTime() - since > MONITOR_NANOS_MAX) {
        throw new IllegalStateException(
            this
                + " waits for a monitor that is held across a step: "
                + List.of(thread.getStackTrace()));
      } else {
        Thread.onSpinWait();
      }
    }
    isYielding = false;
  }

  private boolean isAtRest() {
    if (handedBack != null) {
      return false;
    }
    if (step != null) {
      return true;
    }
    return switch (thread.getState()) {
      case WAITING, TERMINATED -> true;
      case TIMED_WAITING ->
          throw new IllegalStateException(
              this + " waits by the wall clock: " + List.of(thread.getStackTrace()));
      case NEW, RUNNABLE, BLOCKED -> false;
    };
  }

  /// Lets others run. Called on this fiber's own thread.
  void yield() {
    isYielding = true;
    Thread.yield();
  }

  /// The innermost calls of ours that it is in.
  String whereabouts() {
    String calls =
        Arrays.stream(thread.getStackTrace())
            .filter(call -> call.getClassName().startsWith("page.bits."))
            .filter(call -> !call.getClassName().contains("Simulated"))
            .limit(4)
            .map(call -> call.getFileName() + ":" + call.getLineNumber())
            .collect(Collectors.joining(" < "));
    return this + " in " + calls;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  /// That thread is unparked when this one ends.
  void joinedBy(Thread other) {
    joining.add(other);
  }

  @Override
  public String toString() {
    return process.name() + "/" + name;
  }
}
