/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.testkit.history.Checker;
import page.bits.testkit.history.Feed;
import page.bits.testkit.history.HistoryReader;
import page.bits.testkit.history.Verdict;
import page.bits.testkit.workload.LastReads;
import page.bits.testkit.workload.PeerRun;
import page.bits.testkit.workload.Workload;

/// One database: made, worked on by workers under faults, healed, and checked. Confined to one
/// thread.
final class Trial {
  private static final Duration READY = Duration.ofMinutes(5);
  private static final Duration STOPPED = Duration.ofMinutes(5);
  private static final Duration DRAINED = Duration.ofMinutes(5);
  private static final int MOMENTS = 10;

  private final Target target;
  private final WorkerJvm jvm;
  private final String database;
  private final Path folder;
  private final Totals totals;
  private final Random random;
  private final List<Slot> slots = new ArrayList<>();

  /// A worker through all its incarnations.
  final class Slot {
    private final int number;
    private int incarnation;
    private WorkerProcess process;
    private Faults faults = Faults.NONE;

    private Slot(int number) {
      this.number = number;
      this.process = launch(Faults.NONE);
    }

    WorkerProcess process() {
      return process;
    }

    Faults faults() {
      return faults;
    }

    /// Where strace writes the calls that failed.
    Path traceFile() {
      return folder.resolve("trace-" + number + "-" + (incarnation + 1));
    }

    Path clockFile() {
      return folder.resolve("clock-" + number);
    }

    /// The next incarnation; the one before has ended.
    void restart(Faults with) {
      faults = with;
      process = launch(with);
    }

    private WorkerProcess launch(Faults with) {
      incarnation++;
      if (!with.equals(Faults.NONE)) {
        totals.fault("worker under " + with.name());
      }
      return WorkerProcess.start(
          number,
          with,
          jvm,
          folder.resolve("errors-" + number),
          jvm.arguments(
              target.workerUri(database), folder, number, incarnation, random.nextLong() >> 16));
    }
  }

  Trial(Target target, WorkerJvm jvm, String database, Path folder, Totals totals, long seed) {
    this.target = target;
    this.jvm = jvm;
    this.database = database;
    this.folder = folder;
    this.totals = totals;
    this.random = new Random(seed);
  }

  /// Runs it; the folder goes away unless something was violated.
  void run(int workers, Duration faulty) throws InterruptedException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Workload.registerFunctions();
    long setupT;
    try (Connection connection = Bits.connect(target.directUri(database))) {
      setupT = Workload.setUp(connection);
    }
    for (int i = 0; i < workers; i++) {
      slots.add(new Slot(i));
    }
    boolean wasClean = totals.isClean();
    try {
      for (Slot slot : slots) {
        require("HERE", slot, READY);
      }
      new Nemesis(target, slots, totals, random).run(faulty);
      settle();
      check(setupT);
    } finally {
      for (Slot slot : slots) {
        slot.process().kill();
      }
    }
    if (wasClean && totals.isClean()) {
      delete();
    }
  }

  /// Everything is healed: every worker answers every client, the sessions of ended processes end,
  /// and every subscriber sees the head.
  private void settle() throws InterruptedException {
    for (Slot slot : slots) {
      require("READY", slot, READY);
      slot.process().say("stop");
    }
    for (Slot slot : slots) {
      require("STOPPED", slot, STOPPED);
      require("HERE", slot, READY);
    }
    for (Slot slot : slots) {
      slot.process().say("settle " + sessionProcesses());
    }
    for (Slot slot : slots) {
      require("SETTLED", slot, STOPPED);
    }
    for (Slot slot : slots) {
      slot.process().say("drain");
    }
    for (Slot slot : slots) {
      require("DRAINED", slot, DRAINED);
      slot.process().awaitEnd();
    }
  }

  private String sessionProcesses() {
    return slots.stream()
        .flatMap(slot -> slot.process().sessionProcess().stream())
        .collect(joining(" "));
  }

  private void require(String line, Slot slot, Duration atMost) throws InterruptedException {
    WorkerProcess process = slot.process();
    Optional<String> found = process.lines().await(line, atMost);
    Optional<String> broken = process.lines().first("BROKEN");
    if (found.isEmpty() || broken.isPresent()) {
      totals.violation(
          "I38 worker "
              + process.number()
              + " of "
              + folder
              + (broken.isPresent() ? ": " + broken.get() : " never said " + line));
      throw new Unfinished();
    }
  }

  /// A worker did not come to its end; said in the totals.
  static final class Unfinished extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void check(long setupT) {
    try (Connection last = Bits.connect(target.directUri(database))) {
      LastReads.write(last, folder.resolve("ops-last"), MOMENTS, random);
    }
    long start = System.nanoTime();
    var processes = PeerRun.files(folder, "ops-").stream().map(HistoryReader::read).toList();
    var subscribers = new ArrayList<Checker.Subscriber>();
    for (String kind : List.of("feed-", "tail-")) {
      for (Path file : PeerRun.files(folder, kind)) {
        subscribers.add(new Checker.Subscriber(file.toString(), () -> Feed.lines(file)));
      }
    }
    for (Path trace : PeerRun.files(folder, "trace-")) {
      totals.faults("system calls that failed", injected(trace));
    }
    Verdict verdict = Checker.check(target.log(database), setupT, processes, subscribers);
    totals.add(verdict, (System.nanoTime() - start) / 1_000_000);
  }

  private static long injected(Path trace) {
    try (Stream<String> lines = Files.lines(trace)) {
      return lines.filter(line -> line.contains("(INJECTED)")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() {
    for (Path file : PeerRun.files(folder, "")) {
      try {
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
