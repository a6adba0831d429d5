/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;

/// Entries that a storage gives with their hint, to a peer whose tail does not come to read.
class HeardEntryTest {
  private static final String NOTE = "[[:db/add \"datomic.tx\" :db/doc \"note\"]]";

  private final MemoryStorage memory = MemoryStorage.unnamed(Instant::now);
  private final DatabaseId database = new Catalog(memory, SystemWorld.INSTANCE).create("main").id();
  private final TestWorld world = new TestWorld();
  private final CountDownLatch mayRead = new CountDownLatch(1);
  private final AtomicReference<Storage.HintListener> hearing = new AtomicReference<>();
  private final PeerConnection other = TestPeers.connect(database, memory.another());
  private PeerConnection here;

  @BeforeEach
  void connect() {
    world.holdBack("bits-tail", mayRead);
    here =
        TestPeers.connection(
            Peer.open(
                database,
                silent(),
                world,
                Deadlines.SYSTEM,
                new Processes(memory, world),
                () -> {}));
  }

  @AfterEach
  void close() {
    mayRead.countDown();
    here.close();
    other.close();
  }

  /// Tells of nothing by itself.
  private Storage silent() {
    Storage.Registration nothing = () -> {};
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (_, method, arguments) -> {
              if (method.getName().equals("onHint")) {
                hearing.set((Storage.HintListener) arguments[0]);
                return nothing;
              }
              try {
                return method.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private StoredEntry newest() {
    return memory.resolve(database, memory.head(database)).orElseThrow();
  }

  private boolean wants(long position) {
    return hearing.get().wants(database, position);
  }

  private void give(StoredEntry entry) {
    hearing.get().hasGrown(database, entry);
  }

  @Test
  void nextEntry_isAppliedAndReportedWithoutTheTail() throws Exception {
    try (TxReports reports = here.txReports()) {
      var waiting = new FutureTask<TxReport>(reports::take);
      Thread.ofPlatform().start(waiting);
      long t = other.transact(NOTE).t();
      assertThat(wants(memory.head(database))).isTrue();
      give(newest());
      assertThat(here.db().basisT()).isEqualTo(t);
      assertThat(waiting.get().t()).isEqualTo(t);
      assertThat(waiting.get().dbAfter().basisT()).isEqualTo(t);
    }
  }

  @Test
  void onlyTheNextOne_isWanted() {
    long head = memory.head(database);
    other.transact(NOTE);
    assertThat(wants(head)).isFalse();
    assertThat(wants(head + 1)).isTrue();
    assertThat(wants(head + 2)).isFalse();
    assertThat(hearing.get().wants(new DatabaseId(UUID.randomUUID()), head + 1)).isFalse();
    here.close();
    assertThat(wants(head + 1)).isFalse();
  }

  @Test
  void entryBehindTheNext_isLeftToTheTail() {
    long before = here.db().basisT();
    other.transact(NOTE);
    long t = other.transact(NOTE).t();
    give(newest());
    assertThat(here.db().basisT()).isEqualTo(before);
    mayRead.countDown();
    assertThat(here.sync(t).basisT()).isEqualTo(t);
  }

  @Test
  void entryGivenTwice_isAppliedOnce() {
    other.transact(NOTE);
    StoredEntry first = newest();
    give(first);
    give(first);
    long t = other.transact(NOTE).t();
    give(newest());
    assertThat(here.db().basisT()).isEqualTo(t);
  }

  @Test
  void bytesThatAreNotTheEntry_areLeftToTheTail() {
    long before = here.db().basisT();
    long t = other.transact(NOTE).t();
    StoredEntry right = newest();
    byte[] bytes = right.bytes().toArray();
    bytes[bytes.length - 1] ^= 1;
    give(new StoredEntry(right.position(), right.digest(), Bytes.wrap(bytes)));
    assertThat(here.db().basisT()).isEqualTo(before);
    mayRead.countDown();
    assertThat(here.sync(t).basisT()).isEqualTo(t);
  }

  @Test
  void entryOfAnotherHistory_isLeftToTheTail() {
    long before = here.db().basisT();
    var copy = MemoryStorage.unnamed(Instant::now);
    Digest previous = Digest.NONE;
    for (StoredEntry entry : memory.read(database, 0, Integer.MAX_VALUE)) {
      copy.append(database, entry.position(), previous, entry.digest(), entry.bytes());
      previous = entry.digest();
    }
    try (PeerConnection elsewhere = TestPeers.connect(database, copy)) {
      elsewhere.transact(NOTE);
      elsewhere.transact(NOTE);
    }
    long t = other.transact(NOTE).t();
    give(newest()); // ours
    long position = memory.head(database) + 1;
    give(copy.resolve(database, position).orElseThrow()); // behind an entry that we have not
    assertThat(here.db().basisT()).isEqualTo(t).isGreaterThan(before);
    mayRead.countDown();
    long next = other.transact(NOTE).t();
    assertThat(here.sync(next).basisT()).isEqualTo(next);
  }

  @Test
  void ownEntry_isLeftToItsCommitter() {
    long t = here.transact(NOTE).t();
    give(newest());
    assertThat(here.db().basisT()).isEqualTo(t);
    assertThat(wants(memory.head(database) + 1)).isTrue();
  }
}
