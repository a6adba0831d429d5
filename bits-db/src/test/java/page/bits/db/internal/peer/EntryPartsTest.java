/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.DbError;
import page.bits.db.Outcome;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.v1.PartList;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageErrors;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;

/// Entries that are too large for one row, and what becomes of their parts.
class EntryPartsTest {
  private static final int LARGE = 700_000;

  private final MemoryStorage memory =
      MemoryStorage.named("parts " + UUID.randomUUID(), Instant::now);
  private final DatabaseId database = new Catalog(memory, SystemWorld.INSTANCE).create("main").id();
  private final Writer a = new Writer(memory);
  private final Writer b = new Writer(memory);
  private final PeerConnection connection = a.connect();

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void transact_smallEntry_liesInItsRow() {
    connection.transact(text("small", 100_000));
    assertThat(a.blobs).isEmpty();
    assertThat(PartList.isIn(newest())).isFalse();
  }

  @Test
  void transact_largeEntry_liesInPartsThatItsRowNames() {
    long t = connection.transact(text("large", LARGE)).t();
    assertThat(a.blobs).hasSize(3);
    assertThat(newest().bytes().size()).isLessThan(200);
    assertThat(PartList.decode(database, newest()).sizeBytes()).isGreaterThan(LARGE);
    assertThat(announced()).isEmpty();
    try (PeerConnection other = b.connect()) {
      assertThat(other.db().basisT()).isEqualTo(t);
      assertThat(docSizes(other)).containsExactly(LARGE);
    }
  }

  @Test
  void read_largeEntries_areHeldOneAtATime() {
    connection.transact(text("one", LARGE));
    connection.transact(text("two", LARGE));
    connection.transact(text("three", 10));
    var log = new LogReader(memory, database);
    assertThat(log.read(1)).extracting(Entry::position).containsExactly(1L);
    assertThat(log.read(2)).extracting(Entry::position).containsExactly(2L);
    assertThat(log.read(3)).extracting(Entry::position).containsExactly(3L);
  }

  @Test
  void append_lostItsPosition_deletesItsPartsAndPutsOthers() throws Exception {
    CountDownLatch arrived = a.holdNextAppend();
    var future = connection.transactAsync(text("large", LARGE));
    arrived.await();
    Set<String> lost = Set.copyOf(a.blobs);
    assertThat(lost).hasSize(3);
    assertThat(announced()).hasSize(1);
    try (PeerConnection other = b.connect()) {
      other.transact(text("winner", 10));
      a.release();
      long t = future.join().t();
      awaitAnnounced(0);
      assertThat(stored(lost)).isEmpty();
      assertThat(stored(a.blobs)).hasSize(3);
      assertThat(other.sync(t).basisT()).isEqualTo(t);
      assertThat(docSizes(other)).containsExactlyInAnyOrder(10, LARGE);
    }
  }

  @Test
  void crash_betweenPartsAndEntry_leavesNothingInTheLogAndIsSweptOnceCertain() {
    a.appends = Appends.REFUSED;
    UUID id = UUID.randomUUID();
    var future = connection.transactAsync(text("large", LARGE).id(id));
    await(() -> a.blobs.size() == 3 && a.wasRefused);
    connection.close();
    assertThatThrownBy(future::join).hasMessageContaining(":bits.error/outcome-unknown");
    try (PeerConnection other = b.connect()) {
      assertThat(other.outcome(id)).isInstanceOf(Outcome.Absent.class);
      assertThat(docSizes(other)).isEmpty();
      assertThat(stored(a.blobs)).hasSize(3);
      new EntryParts(memory, database).sweep(); // nobody has the position: nothing is certain
      assertThat(stored(a.blobs)).hasSize(3);
      other.transact(text("takes the position", 10));
      other.transact(text("large", LARGE).id(id));
      assertThat(stored(a.blobs)).isEmpty();
      assertThat(announced()).isEmpty();
      assertThat(docSizes(other)).containsExactlyInAnyOrder(10, LARGE);
    }
  }

  @Test
  void append_unknownAndArrivesAfterItsPeerIsGone_isWhole() {
    a.appends = Appends.LATE;
    UUID id = UUID.randomUUID();
    var future = connection.transactAsync(text("large", LARGE).id(id));
    await(() -> a.late.get() != null);
    connection.close();
    assertThatThrownBy(future::join).hasMessageContaining(":bits.error/outcome-unknown");
    new EntryParts(memory, database).sweep();
    Optional.ofNullable(a.late.get()).orElseThrow().run();
    try (PeerConnection other = b.connect();
        TxReports reports = other.txReportsAfter(0)) {
      assertThat(other.outcome(id)).isInstanceOf(Outcome.Committed.class);
      TxReport report = reports.take();
      assertThat(report.submissionId()).isEqualTo(id);
      assertThat(report.txData())
          .anyMatch(datom -> datom.v() instanceof String s && s.length() == LARGE);
      other.transact(text("large again", LARGE));
      assertThat(announced()).isEmpty(); // swept, and kept
      assertThat(stored(a.blobs)).hasSize(3);
    }
  }

  @Test
  void read_partIsMissing_saysSo() {
    connection.transact(text("large", LARGE));
    memory.deleteBlob(a.blobs.stream().sorted().toList().get(1));
    assertCorrupt("part 1 is missing");
  }

  @Test
  void read_partIsAnother_saysSo() {
    connection.transact(text("large", LARGE));
    String key = a.blobs.stream().sorted().toList().get(2);
    byte[] bytes = memory.getBlob(key).orElseThrow().toArray();
    bytes[17] ^= 1;
    memory.deleteBlob(key);
    memory.putBlob(key, Bytes.wrap(bytes));
    assertCorrupt("part 2 has another digest");
  }

  private void assertCorrupt(String reason) {
    assertThatThrownBy(b::connect)
        .isInstanceOfSatisfying(
            BitsException.class,
            e -> {
              assertThat(e.code()).isEqualTo(DbError.STORAGE_CORRUPT.code());
              assertThat(e.data().toString()).contains(reason);
            });
  }

  /// A transaction whose one text does not shrink.
  private static Tx text(String tempid, int chars) {
    String text =
        new Random(chars)
            .ints(chars, 'a', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return Tx.of(List.of(Map.of(":db/id", tempid, ":db/doc", text)))
        .deadline(Duration.ofSeconds(60));
  }

  private static List<Integer> docSizes(PeerConnection on) {
    return on.db().query("[:find ?d :where [_ :db/doc ?d]]").column(String.class).stream()
        .filter(doc -> doc.matches("[a-z]*"))
        .map(String::length)
        .toList();
  }

  private StoredEntry newest() {
    return memory.resolve(database, memory.head(database)).orElseThrow();
  }

  private List<String> announced() {
    return memory.list("parts/");
  }

  private void awaitAnnounced(int count) {
    await(() -> announced().size() == count);
  }

  private List<String> stored(Set<String> keys) {
    return keys.stream().filter(key -> memory.getBlob(key).isPresent()).toList();
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /// What becomes of a writer's appends.
  private enum Appends {
    PASS,
    REFUSED,
    LATE
  }

  /// A peer whose storage is the shared memory, seen through what this test does to its appends.
  private final class Writer {
    private final Set<String> blobs = new ConcurrentSkipListSet<>();
    private final AtomicReference<Runnable> late = new AtomicReference<>();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Storage storage;
    private volatile Appends appends = Appends.PASS;
    private volatile boolean isHeld;
    private volatile boolean wasRefused;

    private Writer(MemoryStorage memory) {
      storage =
          (Storage)
              Proxy.newProxyInstance(
                  Storage.class.getClassLoader(),
                  new Class<?>[] {Storage.class},
                  (_, method, arguments) -> {
                    if (method.getName().equals("putBlob")) {
                      blobs.add((String) arguments[0]);
                    }
                    return method.getName().equals("append")
                        ? append(() -> invoke(memory, method, arguments))
                        : invoke(memory, method, arguments);
                  });
    }

    private Object append(java.util.function.Supplier<Object> real) throws InterruptedException {
      if (isHeld) {
        isHeld = false;
        arrived.countDown();
        gate.await();
      }
      return switch (appends) {
        case PASS -> real.get();
        case REFUSED -> {
          wasRefused = true;
          throw StorageErrors.busy("the test", Duration.ZERO);
        }
        case LATE -> {
          late.set(
              () -> {
                var _ = real.get(); // nobody waits for this answer any more
              });
          yield new AppendResult.Unknown(StorageErrors.busy("the test", Duration.ZERO));
        }
      };
    }

    PeerConnection connect() {
      return TestPeers.connect(database, storage);
    }

    CountDownLatch holdNextAppend() {
      isHeld = true;
      return arrived;
    }

    void release() {
      gate.countDown();
    }
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
