/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageErrors;

/// Who may append when several want to.
class TurnTest {
  private final Storage storage = MemoryStorage.named("turn " + UUID.randomUUID(), Instant::now);
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger readsUntilOneFails = new AtomicInteger();
  private final Storage failing = failing(storage, failures, readsUntilOneFails);
  private final DatabaseId database = new DatabaseId(UUID.randomUUID());
  private final List<Writer> writers = new ArrayList<>();

  /// A storage that is away for the next so many changes of a record, and for each so manieth read
  /// of one, if that is not 0.
  private static Storage failing(
      Storage target, AtomicInteger failures, AtomicInteger failingRead) {
    var reads = new AtomicInteger();
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (_, method, arguments) -> {
              boolean isChange = method.getName().equals("compareAndSet");
              boolean isFailingRead =
                  method.getName().equals("get")
                      && failingRead.get() > 0
                      && reads.incrementAndGet() % failingRead.get() == 0;
              if (isFailingRead
                  || (isChange && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0)) {
                throw StorageErrors.busy("test", Duration.ZERO);
              }
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// A peer's part, worked by the test in place of its committing thread.
  private final class Writer {
    final UUID session = UUID.randomUUID();
    final AtomicBoolean isIdle = new AtomicBoolean();
    final CountDownLatch held = new CountDownLatch(1);
    final Turn turn =
        new Turn(
            database,
            session,
            failing,
            SystemWorld.INSTANCE,
            () -> 0,
            () -> isIdle.get() ? 1_000_000_000L : 0,
            held::countDown);

    Writer() {
      writers.add(this);
    }

    void burst() {
      turn.appended();
      turn.appended();
    }

    /// Asks for a turn that somebody else holds.
    void enlist() {
      burst();
      assertThat(turn.mayAppend()).isFalse();
      until(() -> record().waiting().contains(session));
    }

    void take() {
      burst();
      until(() -> turn.mayAppend());
    }
  }

  @AfterEach
  void close() {
    writers.forEach(writer -> writer.turn.close());
  }

  @Test
  void record_itsBytes_readBackEqual() {
    var record =
        new TurnRecord(
            Optional.of(UUID.randomUUID()), 7, 9, List.of(UUID.randomUUID(), UUID.randomUUID()));
    assertThat(TurnRecord.of(record.bytes())).isEqualTo(record);
    assertThat(TurnRecord.of(TurnRecord.FREE.bytes())).isEqualTo(TurnRecord.FREE);
    assertThat(TurnRecord.of(Bytes.copyOf(new byte[] {9, 9}))).isEqualTo(TurnRecord.FREE);
  }

  @Test
  void mayAppend_lone_needsNoTurnAndWritesNothing() {
    var writer = new Writer();
    assertThat(writer.turn.mayAppend()).isTrue();
    writer.turn.appended();
    assertThat(writer.turn.lost(System.nanoTime())).isFalse();
    assertThat(writer.turn.mayAppend()).isTrue();
    assertThat(storage.list(Turn.KEYS)).isEmpty();
  }

  @Test
  void mayAppend_afterTwoAppendsAtOnceOrTwoLosses_takesAFreeTurn() {
    var writer = new Writer();
    writer.burst();
    assertThat(writer.turn.mayAppend()).isFalse();
    until(writer.turn::isHeld);
    assertThat(record().isHeldBy(writer.session)).isTrue();
    var loser = new Writer();
    assertThat(loser.turn.lost(System.nanoTime())).isFalse();
    assertThat(loser.turn.lost(System.nanoTime())).isTrue();
    assertThat(loser.turn.mayAppend()).isFalse();
    until(() -> record().waiting().contains(loser.session));
  }

  @Test
  void mayAppend_afterOneLossOfWhatTookLong_asksForTheTurn() {
    var holder = new Writer();
    holder.take();
    var slow = new Writer();
    assertThat(slow.turn.lost(System.nanoTime() - 20_000_000)).isTrue();
    assertThat(slow.turn.mayAppend()).isFalse();
    until(() -> record().waiting().contains(slow.session));
  }

  @Test
  void hold_wantedAfterItsSlice_goesToWhoeverWaitsLongest() {
    var first = new Writer();
    first.take();
    var second = new Writer();
    second.enlist();
    var third = new Writer();
    third.enlist();
    for (int i = 0; i < 20; i++) {
      first.turn.appended();
    }
    until(second.turn::isHeld);
    assertThat(third.turn.isHeld()).isFalse();
    assertThat(record().waiting()).containsExactly(third.session, first.session);
    assertThat(first.turn.mayAppend()).as("it waits for its next turn").isFalse();
  }

  @Test
  void hold_nothingToDo_isGivenAway() {
    var writer = new Writer();
    writer.take();
    writer.isIdle.set(true);
    until(() -> record().holder().isEmpty());
    assertThat(writer.turn.isHeld()).isFalse();
  }

  @Test
  void hold_storageAwayWhenItIsGivenAway_isGivenAwayLater() {
    var writer = new Writer();
    writer.take();
    failures.set(3);
    writer.isIdle.set(true);
    until(() -> record().holder().isEmpty());
    assertThat(failures).hasValue(0);
  }

  @Test
  void seek_storageAwayWhenItGivesUp_waitsNoLongerAndHoldsNothing() {
    var holder = new Writer();
    holder.take();
    var writer = new Writer();
    writer.enlist();
    failures.set(3);
    writer.isIdle.set(true);
    holder.turn.close();
    until(() -> record().waiting().isEmpty() && !record().isHeldBy(writer.session));
  }

  @Test
  void hold_whileItEvaluates_beats() {
    var writer = new Writer();
    writer.take();
    long beat = record().beat();
    until(() -> record().beat() > beat + 1);
    assertThat(writer.turn.isHeld()).isTrue();
  }

  @Test
  void seek_holderThatIsGone_isReplaced() {
    var gone = new TurnRecord(Optional.of(UUID.randomUUID()), 5, 3, List.of(UUID.randomUUID()));
    assertThat(storage.compareAndSet(Turn.KEYS + database, 0, gone.bytes())).isTrue();
    var writer = new Writer();
    writer.burst();
    assertThat(writer.turn.mayAppend()).isFalse();
    until(writer.turn::isHeld);
    assertThat(record().number()).isEqualTo(6);
  }

  @Test
  void seek_holderThatIsGoneAndReadsThatFailNowAndThen_isReplaced() {
    var gone = new TurnRecord(Optional.of(UUID.randomUUID()), 5, 3, List.of());
    assertThat(storage.compareAndSet(Turn.KEYS + database, 0, gone.bytes())).isTrue();
    readsUntilOneFails.set(10); // 120 ms take about 30 reads
    var writer = new Writer();
    writer.burst();
    assertThat(writer.turn.mayAppend()).isFalse();
    until(writer.turn::isHeld);
  }

  @Test
  void seek_nothingLeftToDo_waitsNoLonger() {
    var holder = new Writer();
    holder.take();
    var writer = new Writer();
    writer.enlist();
    writer.isIdle.set(true);
    until(() -> !record().waiting().contains(writer.session));
  }

  @Test
  void close_ofTheHolder_passesItOn() {
    var first = new Writer();
    first.take();
    var second = new Writer();
    second.enlist();
    first.turn.close();
    until(second.turn::isHeld);
  }

  private TurnRecord record() {
    return Turn.of(storage, database);
  }

  private static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited for too long").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }
}
