/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Lets faults loose on the workers of a trial and on their storage, one after the other, and heals
/// them at the end. Confined to one thread.
///
/// Kills are the most frequent, and go on while a fault of the storage lasts; a killed worker comes
/// again at once, sometimes under system calls that fail or under a clock that jumps.
final class Nemesis {
  private static final int PAUSE_LONG_MILLIS = 10_000;
  private static final int PAUSE_SHORT_MILLIS = 2_000;
  private static final int BETWEEN_MILLIS = 1_200;
  private static final long JUMP_MAX_SECONDS = 1_000_000;

  private final Target target;
  private final List<Trial.Slot> slots;
  private final Totals totals;
  private final Random random;
  private final List<Healing> healings = new ArrayList<>();
  private boolean isStorageWell = true;

  /// What is to be done at that time.
  private record Healing(long nanos, Target.Action action) {}

  Nemesis(Target target, List<Trial.Slot> slots, Totals totals, Random random) {
    this.target = target;
    this.slots = slots;
    this.totals = totals;
    this.random = random;
  }

  void run(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    open();
    while (System.nanoTime() < end) {
      awaitMillis(BETWEEN_MILLIS / 2 + random.nextInt(BETWEEN_MILLIS));
      restartEnded();
      strike();
    }
    heal();
  }

  /// At first one of each, so that a short run has met all; then as it comes.
  private void open() throws InterruptedException {
    kill(slots.getFirst());
    pause(slots.getLast(), PAUSE_SHORT_MILLIS);
    for (Target.Fault fault : target.faults()) {
      storage(fault);
      while (!isStorageWell) {
        awaitMillis(1);
      }
    }
  }

  private void strike() throws InterruptedException {
    int dice = random.nextInt(100);
    if (dice < 72) {
      killOneAtWork();
    } else if (dice < 78) {
      Trial.Slot slot = slots.get(random.nextInt(slots.size()));
      pause(slot, random.nextInt(3) == 0 ? PAUSE_LONG_MILLIS : PAUSE_SHORT_MILLIS);
    } else if (dice < 84) {
      jump();
    } else if (isStorageWell && !target.faults().isEmpty()) {
      storage(target.faults().get(random.nextInt(target.faults().size())));
    }
  }

  /// One that is only starting is spared: on a slow machine it would never work.
  private void killOneAtWork() throws InterruptedException {
    List<Trial.Slot> atWork =
        slots.stream().filter(slot -> slot.process().lines().first("READY").isPresent()).toList();
    if (!atWork.isEmpty()) {
      kill(atWork.get(random.nextInt(atWork.size())));
    }
  }

  private void kill(Trial.Slot slot) throws InterruptedException {
    slot.process().kill();
    totals.kill("kill -9");
    slot.restart(next(slot));
  }

  private Faults next(Trial.Slot slot) {
    int dice = random.nextInt(100);
    if (dice < 15 && target.isInProcess()) {
      return Faults.ofSystemCalls(random, slot.traceFile());
    }
    if (dice < 35) {
      setClock(slot.clockFile());
      return Faults.ofClock(slot.clockFile());
    }
    return Faults.NONE;
  }

  /// Workers that a system call has ended.
  private void restartEnded() {
    for (Trial.Slot slot : slots) {
      if (!slot.process().isAlive()) {
        totals.kill(slot.faults().name());
        slot.restart(next(slot));
      }
    }
  }

  private void pause(Trial.Slot slot, int mostMillis) throws InterruptedException {
    WorkerProcess process = slot.process();
    if (process.signal("STOP")) {
      boolean isLong = mostMillis == PAUSE_LONG_MILLIS;
      totals.fault(isLong ? "paused for 10 s" : "paused for up to 2 s");
      later(isLong ? mostMillis : 1 + random.nextInt(mostMillis), _ -> process.signal("CONT"));
    }
  }

  /// Every clock that can jump does.
  private void jump() {
    for (Trial.Slot slot : slots) {
      if (slot.faults().name().equals("clock")) {
        setClock(slot.clockFile());
        totals.fault("clock jumped");
      }
    }
  }

  private void setClock(Path file) {
    long seconds = random.nextLong(-JUMP_MAX_SECONDS, JUMP_MAX_SECONDS);
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, (seconds < 0 ? "" : "+") + seconds + "s\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void storage(Target.Fault fault) throws InterruptedException {
    totals.fault(fault.name());
    fault.begin().run(random);
    isStorageWell = false;
    later(
        1 + random.nextInt(fault.longestMillis()),
        seeded -> {
          fault.end().run(seeded);
          isStorageWell = true;
        });
  }

  private void later(int millis, Target.Action action) {
    healings.add(new Healing(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), action));
  }

  /// Waits, and does what is due meanwhile.
  private void awaitMillis(int millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(5);
      long now = System.nanoTime();
      for (Healing healing : List.copyOf(healings)) {
        if (healing.nanos() <= now) {
          healings.remove(healing);
          healing.action().run(random);
        }
      }
    }
  }

  /// No fault is left: who was paused goes on, and who runs under failing system calls begins anew.
  private void heal() throws InterruptedException {
    for (Healing healing : healings) {
      healing.action().run(random);
    }
    for (Trial.Slot slot : slots) {
      boolean isAlive = slot.process().isAlive();
      if (!isAlive || !slot.faults().before().isEmpty()) {
        slot.process().kill();
        totals.kill(isAlive ? "kill -9" : slot.faults().name());
        slot.restart(Faults.NONE);
      }
    }
  }
}
