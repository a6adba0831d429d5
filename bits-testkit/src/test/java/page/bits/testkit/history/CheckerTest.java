/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import page.bits.testkit.Seed;

/// The checker finds nothing in what real peers do, and finds each bug that is built into them.
class CheckerTest {
  private static final long SEED = Seed.of("CheckerTest");
  private static final Set<Bug> OF_STORAGE_OR_PROCESS =
      EnumSet.of(
          Bug.TAIL_LOST,
          Bug.ENTRY_LOST,
          Bug.BIT_FLIPPED,
          Bug.ENTRY_CUT,
          Bug.PUT_IN_THE_PAST,
          Bug.NEVER_ANSWERED,
          Bug.LAPSED_SESSION_GOES_ON,
          Bug.SESSION_OF_THE_DEAD_STAYS,
          Bug.SURVIVES_ITS_SESSION,
          Bug.DURABLE_OUTSIDE_THE_CHAIN);

  @TempDir private static Path soundFolder;
  private static Cluster.History sound;

  @TempDir private Path folder;

  @BeforeAll
  static void runSoundPeers() throws Exception {
    sound = new Cluster(soundFolder, SEED, UnaryOperator.identity()).run();
  }

  @Test
  void check_realPeers_findsNothing() {
    Verdict verdict = sound.check();
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.isClean()).isTrue();
    // Everything was met: a checker that looks at nothing finds nothing.
    for (Invariant invariant : Invariant.values()) {
      if (invariant != Invariant.I36) { // only looked at when an operation fails
        assertThat(verdict.checked().getOrDefault(invariant, 0L)).as(invariant.name()).isPositive();
      }
    }
    assertThat(verdict.operations().get("cas")).containsKeys("ok", "refused");
    assertThat(verdict.operations().get("transfer")).containsKeys("ok", "refused");
    assertThat(verdict.operations().get("claim")).containsKeys("ok", "refused");
  }

  @ParameterizedTest
  @EnumSource
  void check_peersWithBug_findsIt(Bug bug) throws Exception {
    Cluster.History history =
        OF_STORAGE_OR_PROCESS.contains(bug)
            ? sound
            : new Cluster(folder, SEED, real -> BrokenConnection.of(real, bug)).run();
    Verdict verdict = spoilt(bug, history).check();
    System.err.println(bug + ": " + verdict.violations().getFirst());
    assertThat(verdict.violations()).extracting(Violation::invariant).contains(bug.broken());
  }

  /// Bugs of a storage or of a process, which no connection can have.
  private static Cluster.History spoilt(Bug bug, Cluster.History history) {
    List<LogSource.RawEntry> log = history.log();
    int middle = log.size() / 2;
    return switch (bug) {
      case TAIL_LOST -> history.withLog(withoutTail(log, lastCommitted(history)));
      case ENTRY_LOST -> {
        var left = new ArrayList<>(log);
        left.remove(middle);
        yield history.withLog(left);
      }
      case BIT_FLIPPED -> history.withLog(changed(log, middle, bytes -> flipped(bytes)));
      case ENTRY_CUT ->
          history.withLog(changed(log, middle, bytes -> Arrays.copyOf(bytes, bytes.length - 1)));
      case PUT_IN_THE_PAST -> history.withProcesses(changed(history, CheckerTest::putInThePast));
      case NEVER_ANSWERED -> history.withProcesses(changed(history, CheckerTest::neverAnswered));
      default -> SpoiltPresence.of(bug, history);
    };
  }

  /// Sessions end after everything else: what is lost begins with what somebody was told of.
  private static List<LogSource.RawEntry> withoutTail(List<LogSource.RawEntry> log, long t) {
    return log.stream()
        .takeWhile(raw -> EntryReader.read(raw.bytes()).txs().stream().allMatch(tx -> tx.t() < t))
        .toList();
  }

  private static long lastCommitted(Cluster.History history) {
    return history.processes().stream()
        .flatMap(process -> process.operations().stream())
        .mapToLong(operation -> operation.answer() instanceof Answer.Committed done ? done.t() : 0)
        .max()
        .orElseThrow();
  }

  private static List<LogSource.RawEntry> changed(
      List<LogSource.RawEntry> log, int at, UnaryOperator<byte[]> change) {
    var changed = new ArrayList<>(log);
    LogSource.RawEntry entry = changed.get(at);
    changed.set(
        at, new LogSource.RawEntry(entry.position(), entry.digest(), change.apply(entry.bytes())));
    return changed;
  }

  /// A bit of the session id that every entry has: nothing but the digest can tell.
  private static byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[5 + 16 + 4] ^= 1;
    return flipped;
  }

  /// Changes the last operation of the first process that was committed.
  private static List<HistoryReader.Process> changed(
      Cluster.History history, UnaryOperator<Operation> change) {
    var processes = new ArrayList<>(history.processes());
    HistoryReader.Process process = processes.getFirst();
    Operation chosen =
        process.operations().stream()
            .filter(operation -> operation.answer() instanceof Answer.Committed)
            .filter(operation -> operation.id() == null)
            .max(Comparator.comparing(Operation::answeredNanos))
            .orElseThrow();
    processes.set(
        0,
        new HistoryReader.Process(
            process.operations().stream()
                .map(operation -> operation.equals(chosen) ? change.apply(operation) : operation)
                .toList(),
            true));
    return processes;
  }

  /// As if it had been answered before everything else was asked.
  private static Operation putInThePast(Operation o) {
    return new Operation(
        o.client(), o.number(), o.request(), o.tag(), o.id(), 1, o.basisBefore(), 2, o.answer());
  }

  private static Operation neverAnswered(Operation o) {
    return new Operation(
        o.client(),
        o.number(),
        o.request(),
        o.tag(),
        o.id(),
        o.askedNanos(),
        o.basisBefore(),
        Long.MAX_VALUE,
        null);
  }
}
