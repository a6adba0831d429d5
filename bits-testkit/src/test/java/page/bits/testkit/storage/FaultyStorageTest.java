/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import page.bits.db.DbError;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.AppendResult.Appended;
import page.bits.db.spi.AppendResult.Forked;
import page.bits.db.spi.AppendResult.Taken;
import page.bits.db.spi.AppendResult.Unknown;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;
import page.bits.testkit.Seed;

class FaultyStorageTest extends StorageTck {
  private final MemoryStorage real = MemoryStorage.unnamed(Instant::now);
  private final DatabaseId database = new DatabaseId(UUID.randomUUID());

  /// Without faults it is as good as what it wraps.
  @Override
  protected Storage open() {
    return new FaultyStorage(real.another(), 0, Faults.none());
  }

  private AppendResult appendBirth(Storage storage) {
    return new ChainWriter(storage, database).append(0, Digest.NONE, ChainWriter.bytes("birth"));
  }

  @Test
  void append_lost_isUnknownAndNotThere() {
    var faulty = new FaultyStorage(real, 1, Faults.none().withAppendLost(1));
    assertThat(appendBirth(faulty)).isInstanceOf(Unknown.class);
    assertThat(real.head(database)).isEqualTo(-1);
  }

  @Test
  void append_unanswered_isUnknownAndThere() {
    var faulty = new FaultyStorage(real, 1, Faults.none().withAppendUnanswered(1));
    assertThat(appendBirth(faulty)).isInstanceOf(Unknown.class);
    assertThat(real.head(database)).isZero();
    faulty.faults(Faults.none());
    assertThat(appendBirth(faulty)).isInstanceOf(Taken.class);
  }

  @Test
  void append_late_isUnknownAndArrivesLater() {
    var faulty = new FaultyStorage(real, 1, Faults.none().withAppendLate(1));
    assertThat(appendBirth(faulty)).isInstanceOf(Unknown.class);
    assertThat(real.head(database)).isEqualTo(-1);
    faulty.deliverLate();
    assertThat(real.head(database)).isZero();
  }

  @Test
  void append_lateAfterOther_changesNothing() {
    var faulty = new FaultyStorage(real, 1, Faults.none().withAppendLate(1));
    appendBirth(faulty);
    StoredEntry other = new ChainWriter(real, database).append("other birth");
    faulty.deliverLate();
    assertThat(real.resolve(database, 0)).contains(other);
  }

  @Test
  void read_unavailable_throws() {
    var faulty = new FaultyStorage(real, 1, Faults.none().withReadUnavailable(1));
    assertThatCode(DbError.STORAGE_UNAVAILABLE, () -> faulty.head(database));
  }

  @Test
  void append_resolvedByProtocol_everyEntryIsThereOnce() throws Exception {
    long seed = Seed.of("append_resolvedByProtocol_everyEntryIsThereOnce");
    var faulty =
        new FaultyStorage(
            real,
            seed,
            Faults.none()
                .withAppendLost(0.1)
                .withAppendUnanswered(0.1)
                .withAppendLate(0.1)
                .withReadUnavailable(0.1));
    new ChainWriter(real, database).append("birth");
    int writers = 8;
    int each = 50;
    var expected = new ArrayList<String>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> futures =
          IntStream.range(0, writers)
              .mapToObj(
                  i -> threads.submit((Callable<List<String>>) () -> writeAll(faulty, i, each)))
              .toList();
      for (Future<List<String>> future : futures) {
        expected.addAll(future.get());
      }
    }
    faulty.deliverLate();
    assertThat(faulty.injected()).isPositive();
    assertThat(real.read(database, 1, Integer.MAX_VALUE))
        .extracting(entry -> ChainWriter.text(entry.bytes()))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private List<String> writeAll(Storage storage, int writer, int count) {
    return IntStream.range(0, count).mapToObj(i -> write(storage, writer + "/" + i)).toList();
  }

  /// The protocol of unknown outcomes: the same bytes are put at the same position until it is
  /// known who sits there; only who certainly lost goes on to the next one.
  private String write(Storage storage, String text) {
    Bytes bytes = ChainWriter.bytes(text);
    StoredEntry before = insist(() -> new ChainWriter(storage, database).newest());
    while (true) {
      Digest mine = ChainWriter.digest(before.digest(), bytes);
      StoredEntry there = settle(storage, before, bytes);
      if (there.digest().equals(mine)) {
        return text;
      }
      before = there;
    }
  }

  private StoredEntry settle(Storage storage, StoredEntry before, Bytes bytes) {
    var writer = new ChainWriter(storage, database);
    long position = before.position() + 1;
    while (true) {
      switch (writer.append(position, before.digest(), bytes)) {
        case Appended _ -> {
          return new StoredEntry(position, ChainWriter.digest(before.digest(), bytes), bytes);
        }
        case Taken taken -> {
          return taken.entry();
        }
        case Forked _ -> throw new AssertionError("forked at " + position);
        case Unknown _ -> {
          Optional<StoredEntry> there = insist(() -> storage.resolve(database, position));
          if (there.isPresent()) {
            return there.get();
          }
        }
      }
    }
  }

  private static <T> T insist(Supplier<T> read) {
    while (true) {
      try {
        return read.get();
      } catch (BitsException e) {
        assertThat(e.is(DbError.STORAGE_UNAVAILABLE)).isTrue();
      }
    }
  }
}
