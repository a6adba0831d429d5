/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.DbError;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.AppendResult.Appended;
import page.bits.db.spi.AppendResult.Forked;
import page.bits.db.spi.AppendResult.Taken;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.db.spi.Versioned;
import page.bits.error.BitsException;
import page.bits.testkit.Await;

/// The technology compatibility kit of storages: every answer that [Storage] promises.
///
/// A storage's test extends it and says how to open the storage; the kit opens several on the same
/// data. Every test uses database ids and keys of its own, so one server serves all of them.
public abstract class StorageTck {
  private static final int RIVALS = 16;

  private final List<Storage> opened = new ArrayList<>();
  private Storage storage;
  private DatabaseId database;
  private ChainWriter log;
  private String key;

  protected StorageTck() {}

  /// Opens the storage under test once more: the same data each time within one test.
  protected abstract Storage open();

  /// One more storage on the same data, closed after the test.
  protected final Storage another() {
    Storage more = open();
    opened.add(more);
    return more;
  }

  @BeforeEach
  void openStorage() {
    storage = another();
    database = newDatabase();
    log = new ChainWriter(storage, database);
    key = "tck/" + UUID.randomUUID() + "/";
  }

  @AfterEach
  void closeStorages() {
    opened.forEach(Storage::close);
  }

  private static DatabaseId newDatabase() {
    return new DatabaseId(UUID.randomUUID());
  }

  private static Bytes bytes(String text) {
    return ChainWriter.bytes(text);
  }

  // Appending

  @Test
  void append_emptyLogAtZero_isAppended() {
    Bytes birth = bytes("birth");
    assertThat(log.append(0, Digest.NONE, birth)).isEqualTo(new Appended());
    assertThat(storage.resolve(database, 0))
        .contains(new StoredEntry(0, ChainWriter.digest(Digest.NONE, birth), birth));
    assertThat(storage.head(database)).isZero();
  }

  @Test
  void append_afterNamedPredecessor_isAppended() {
    StoredEntry birth = log.append("birth");
    assertThat(log.append(1, birth.digest(), bytes("one"))).isEqualTo(new Appended());
  }

  @Test
  void append_positionHeldByOther_isTakenWithWhatIsThere() {
    StoredEntry birth = log.append("birth");
    StoredEntry one = log.append("one");
    assertThat(log.append(1, birth.digest(), bytes("other"))).isEqualTo(new Taken(one));
    assertThat(storage.resolve(database, 1)).contains(one);
  }

  @Test
  void append_sameBytesAgain_isTakenWithThem() {
    StoredEntry birth = log.append("birth");
    StoredEntry one = log.append("one");
    assertThat(log.append(1, birth.digest(), one.bytes())).isEqualTo(new Taken(one));
  }

  @Test
  void append_positionHeldAndPredecessorWrong_isTaken() {
    log.append("birth");
    StoredEntry one = log.append("one");
    Digest wrong = ChainWriter.digest(Digest.NONE, bytes("elsewhere"));
    assertThat(log.append(1, wrong, bytes("other"))).isEqualTo(new Taken(one));
  }

  @Row({"A-20", "A-23"})
  @Test
  void append_predecessorHasOtherDigest_isForked() {
    log.append("birth");
    Digest wrong = ChainWriter.digest(Digest.NONE, bytes("elsewhere"));
    assertThat(log.append(1, wrong, bytes("one"))).isEqualTo(new Forked());
    assertThat(storage.head(database)).isZero();
  }

  @Test
  void append_predecessorMissing_isForked() {
    StoredEntry birth = log.append("birth");
    assertThat(log.append(2, birth.digest(), bytes("two"))).isEqualTo(new Forked());
    assertThat(storage.resolve(database, 2)).isEmpty();
  }

  @Test
  void append_behindAPredecessorThatLost_isForked() {
    StoredEntry birth = log.append("birth");
    Bytes lost = bytes("lost");
    StoredEntry winner = log.append("winner");
    assertThat(log.append(1, birth.digest(), lost)).isEqualTo(new Taken(winner));
    Digest ofLost = ChainWriter.digest(birth.digest(), lost);
    assertThat(log.append(2, ofLost, bytes("on top of it"))).isEqualTo(new Forked());
    assertThat(storage.head(database)).isEqualTo(1);
  }

  @Test
  void append_ancientPosition_isTakenWithWhatIsThere() {
    var entries = new ArrayList<StoredEntry>();
    for (int i = 0; i < 300; i++) {
      entries.add(log.append("entry " + i));
    }
    for (int p : List.of(0, 1, 7, 150, 298)) {
      Digest before = p == 0 ? Digest.NONE : entries.get(p - 1).digest();
      assertThat(log.append(p, before, bytes("late"))).isEqualTo(new Taken(entries.get(p)));
      assertThat(log.append(p, entries.getLast().digest(), bytes("late")))
          .isEqualTo(new Taken(entries.get(p)));
    }
    assertThat(storage.read(database, 0, Integer.MAX_VALUE)).isEqualTo(entries);
  }

  @Test
  void append_emptyLogBeyondZero_isForked() {
    assertThat(log.append(1, Digest.NONE, bytes("one"))).isEqualTo(new Forked());
    assertThat(storage.head(database)).isEqualTo(-1);
  }

  @Test
  void append_secondBirth_isTaken() {
    StoredEntry birth = log.append("birth");
    assertThat(log.append(0, Digest.NONE, bytes("again"))).isEqualTo(new Taken(birth));
  }

  @Test
  void append_zeroWithAnyPredecessor_isNotLookedFor() {
    Digest any = ChainWriter.digest(Digest.NONE, bytes("any"));
    assertThat(log.append(0, any, bytes("birth"))).isEqualTo(new Appended());
  }

  @Test
  void append_bigEntry_readsBackEqual() {
    var content = new byte[1 << 20];
    new Random(7).nextBytes(content);
    Bytes big = Bytes.wrap(content);
    StoredEntry birth = log.append("birth");
    assertThat(log.append(1, birth.digest(), big)).isEqualTo(new Appended());
    assertThat(storage.read(database, 1, 10).getFirst().bytes()).isEqualTo(big);
  }

  @Test
  void append_emptyBytes_readsBackEmpty() {
    assertThat(log.append(0, Digest.NONE, Bytes.empty())).isEqualTo(new Appended());
    assertThat(storage.resolve(database, 0).orElseThrow().bytes()).isEqualTo(Bytes.empty());
  }

  @Row({"A-20", "A-23"})
  @Test
  void append_sixteenRivalsForOnePosition_oneWinsAndOthersSeeIt() throws Exception {
    StoredEntry birth = log.append("birth");
    List<Storage> storages = List.of(storage, another());
    List<AppendResult> results =
        race(
            rival -> {
              var writer = new ChainWriter(storages.get(rival % 2), database);
              return writer.append(1, birth.digest(), bytes("rival " + rival));
            });
    StoredEntry winner = storage.resolve(database, 1).orElseThrow();
    assertThat(results).filteredOn(Appended.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(new Taken(winner)::equals).hasSize(RIVALS - 1);
    int index = results.indexOf(new Appended());
    assertThat(winner.bytes()).isEqualTo(bytes("rival " + index));
  }

  @Test
  void append_rivalsWriteWholeChains_everyAcknowledgedEntryIsThereOnce() throws Exception {
    log.append("birth");
    List<Storage> storages = List.of(storage, another());
    int each = 8;
    List<List<String>> written =
        race(rival -> writeChain(storages.get(rival % 2), "rival " + rival, each));
    List<String> acknowledged = written.stream().flatMap(List::stream).toList();
    List<StoredEntry> all = log.readAllChecked();
    assertThat(all).hasSize(1 + RIVALS * each);
    assertThat(all.stream().skip(1).map(entry -> ChainWriter.text(entry.bytes())))
        .containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  private List<String> writeChain(Storage on, String name, int count) {
    var writer = new ChainWriter(on, database);
    return IntStream.range(0, count)
        .mapToObj(i -> writer.appendAmongRivals(name + " entry " + i))
        .map(entry -> ChainWriter.text(entry.bytes()))
        .toList();
  }

  // Reading

  @Test
  void read_unknownDatabase_isEmpty() {
    assertThat(storage.read(database, 0, 1000)).isEmpty();
    assertThat(storage.resolve(database, 0)).isEmpty();
    assertThat(storage.head(database)).isEqualTo(-1);
  }

  @Test
  void read_fromMiddle_isDenseAndInOrder() {
    appendMany(20, 10);
    assertThat(storage.read(database, 7, 1 << 20))
        .extracting(StoredEntry::position)
        .containsExactlyElementsOf(LongStream.range(7, 20).boxed().toList());
  }

  @Test
  void read_beyondHead_isEmpty() {
    appendMany(3, 10);
    assertThat(storage.read(database, 3, 1000)).isEmpty();
    assertThat(storage.read(database, 300, 1000)).isEmpty();
  }

  @Test
  void read_limitInsideSecondEntry_answersFirst() {
    appendMany(5, 100);
    assertThat(storage.read(database, 1, 199))
        .extracting(StoredEntry::position)
        .containsExactly(1L);
  }

  @Test
  void read_limitExactlyThree_answersThree() {
    appendMany(5, 100);
    assertThat(storage.read(database, 1, 300))
        .extracting(StoredEntry::position)
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void read_limitSmallerThanFirstEntry_answersOne() {
    appendMany(5, 100);
    assertThat(storage.read(database, 0, 0)).extracting(StoredEntry::position).containsExactly(0L);
  }

  @Test
  void read_steps_meetEveryEntryOnce() {
    appendMany(50, 100);
    assertThat(log.readAllChecked()).hasSize(50);
  }

  @Test
  void read_otherStorage_seesWhatWasAcknowledged() {
    Storage other = another();
    for (int i = 0; i < 20; i++) {
      StoredEntry entry = log.append("entry " + i);
      assertThat(other.head(database)).isEqualTo(i);
      assertThat(other.resolve(database, i)).contains(entry);
    }
  }

  @Test
  void read_reopenedStorage_seesEverything() {
    Storage first = another();
    var writer = new ChainWriter(first, database);
    StoredEntry birth = writer.append("birth");
    StoredEntry one = writer.append("one");
    first.putBlob(key + "blob", bytes("blob"));
    first.compareAndSet(key + "record", 0, bytes("record"));
    first.close();
    Storage again = another();
    assertThat(again.read(database, 0, 1000)).containsExactly(birth, one);
    assertThat(again.getBlob(key + "blob")).contains(bytes("blob"));
    assertThat(again.get(key + "record")).contains(new Versioned(1, bytes("record")));
  }

  // Replacing

  @Test
  void replace_atItsDigest_changesTheBytesAndNothingElse() {
    StoredEntry birth = log.append("birth");
    StoredEntry one = log.append("one");
    StoredEntry two = log.append("two");
    var excised = new StoredEntry(1, one.digest(), bytes("excised"));
    assertThat(storage.replace(database, 1, one.digest(), excised.bytes())).isTrue();
    assertThat(storage.replace(database, 1, one.digest(), excised.bytes())).isTrue();
    assertThat(storage.read(database, 0, 1000)).containsExactly(birth, excised, two);
    assertThat(another().resolve(database, 1)).contains(excised);
    assertThat(storage.head(database)).isEqualTo(2);
  }

  @Test
  void replace_otherDigest_isRefused() {
    StoredEntry birth = log.append("birth");
    StoredEntry one = log.append("one");
    assertThat(storage.replace(database, 1, birth.digest(), bytes("excised"))).isFalse();
    assertThat(storage.resolve(database, 1)).contains(one);
  }

  @Test
  void replace_nothingThere_isRefusedAndPutsNothing() {
    Digest any = ChainWriter.digest(Digest.NONE, bytes("any"));
    assertThat(storage.replace(database, 0, any, bytes("excised"))).isFalse();
    assertThat(storage.head(database)).isEqualTo(-1);
    log.append("birth");
    assertThat(storage.replace(database, 1, any, bytes("excised"))).isFalse();
    assertThat(storage.head(database)).isZero();
  }

  @Row({"A-20", "A-23"})
  @Test
  void append_excisedPosition_isTakenWithWhatIsThere() {
    StoredEntry birth = log.append("birth");
    StoredEntry one = log.append("one");
    assertThat(storage.replace(database, 1, one.digest(), Bytes.empty())).isTrue();
    var excised = new StoredEntry(1, one.digest(), Bytes.empty());
    assertThat(log.append(1, birth.digest(), one.bytes())).isEqualTo(new Taken(excised));
    assertThat(log.append(1, birth.digest(), bytes("other"))).isEqualTo(new Taken(excised));
    assertThat(log.append(2, birth.digest(), bytes("two"))).isEqualTo(new Forked());
    assertThat(log.append(2, one.digest(), bytes("two"))).isEqualTo(new Appended());
  }

  @Test
  void log_twoDatabases_areIndependent() {
    DatabaseId second = newDatabase();
    var other = new ChainWriter(storage, second);
    StoredEntry mine = log.append("mine");
    StoredEntry yours = other.append("yours");
    log.append("mine again");
    assertThat(storage.head(database)).isEqualTo(1);
    assertThat(storage.head(second)).isZero();
    assertThat(storage.read(second, 0, 1000)).containsExactly(yours);
    assertThat(storage.read(database, 0, 1000)).first().isEqualTo(mine);
  }

  // Blobs

  @Row("A-20")
  @Test
  void blob_stored_readsBackUntilDeleted() {
    storage.putBlob(key + "a", bytes("content"));
    assertThat(storage.getBlob(key + "a")).contains(bytes("content"));
    assertThat(another().getBlob(key + "a")).contains(bytes("content"));
    storage.deleteBlob(key + "a");
    assertThat(storage.getBlob(key + "a")).isEmpty();
  }

  @Test
  void blob_missing_isEmptyAndDeletable() {
    assertThat(storage.getBlob(key + "none")).isEmpty();
    storage.deleteBlob(key + "none");
  }

  @Test
  void blob_sameBytesAgain_changesNothing() {
    storage.putBlob(key + "a", bytes("content"));
    storage.putBlob(key + "a", bytes("content"));
    assertThat(storage.getBlob(key + "a")).contains(bytes("content"));
  }

  @Row("A-20")
  @Test
  void blob_otherBytes_isRefused() {
    storage.putBlob(key + "a", bytes("content"));
    assertThatCode(DbError.INTERNAL, () -> storage.putBlob(key + "a", bytes("other")));
    assertThat(storage.getBlob(key + "a")).contains(bytes("content"));
  }

  // Records

  @Test
  void record_created_hasVersionOne() {
    assertThat(storage.compareAndSet(key + "r", 0, bytes("one"))).isTrue();
    assertThat(storage.get(key + "r")).contains(new Versioned(1, bytes("one")));
  }

  @Test
  void record_createdTwice_secondIsRefused() {
    storage.compareAndSet(key + "r", 0, bytes("one"));
    assertThat(storage.compareAndSet(key + "r", 0, bytes("two"))).isFalse();
    assertThat(storage.get(key + "r")).contains(new Versioned(1, bytes("one")));
  }

  @Test
  void record_changedAtItsVersion_countsOn() {
    storage.compareAndSet(key + "r", 0, bytes("one"));
    assertThat(storage.compareAndSet(key + "r", 1, bytes("two"))).isTrue();
    assertThat(storage.compareAndSet(key + "r", 1, bytes("late"))).isFalse();
    assertThat(storage.get(key + "r")).contains(new Versioned(2, bytes("two")));
  }

  @Test
  void record_changedWhenMissing_isRefused() {
    assertThat(storage.compareAndSet(key + "r", 1, bytes("one"))).isFalse();
    assertThat(storage.get(key + "r")).isEmpty();
  }

  @Test
  void record_removedAtItsVersion_isGone() {
    storage.compareAndSet(key + "r", 0, bytes("one"));
    assertThat(storage.compareAndSet(key + "r", 2, null)).isFalse();
    assertThat(storage.compareAndSet(key + "r", 0, null)).isFalse();
    assertThat(storage.compareAndSet(key + "r", 1, null)).isTrue();
    assertThat(storage.get(key + "r")).isEmpty();
    assertThat(storage.compareAndSet(key + "r", 0, null)).isTrue();
    assertThat(storage.compareAndSet(key + "r", 0, bytes("again"))).isTrue();
  }

  @Row("A-20")
  @Test
  void record_sixteenRivals_eachVersionHasOneWinner() throws Exception {
    String counter = key + "counter";
    storage.compareAndSet(counter, 0, bytes("0"));
    List<Storage> storages = List.of(storage, another());
    int each = 5;
    race(
        rival -> {
          Storage on = storages.get(rival % 2);
          for (int done = 0; done < each; ) {
            Versioned now = on.get(counter).orElseThrow();
            int next = Integer.parseInt(ChainWriter.text(now.bytes())) + 1;
            if (on.compareAndSet(counter, now.version(), bytes(Integer.toString(next)))) {
              done++;
            }
          }
          return rival;
        });
    assertThat(storage.get(counter))
        .contains(new Versioned(1 + RIVALS * each, bytes(Integer.toString(RIVALS * each))));
  }

  @Test
  void list_prefix_isSortedAndExact() {
    for (String name : List.of("b", "a/2", "a/1", "a", "a\ud83d\ude00", "a\uff5e", "%", "_")) {
      storage.compareAndSet(key + name, 0, bytes(name));
    }
    assertThat(storage.list(key + "a/")).containsExactly(key + "a/1", key + "a/2");
    assertThat(storage.list(key + "a"))
        .containsExactly(
            key + "a", key + "a/1", key + "a/2", key + "a\ud83d\ude00", key + "a\uff5e");
    assertThat(storage.list(key + "c")).isEmpty();
    assertThat(storage.list(key + "_")).containsExactly(key + "_");
    assertThat(storage.list(key)).hasSize(8);
  }

  // Hints

  @Test
  void hint_otherStorage_hearsOfDatabaseAndPosition() {
    Storage other = another();
    var heard = new ConcurrentLinkedQueue<String>();
    try (var _ = storage.onHint((db, position) -> heard.add(db + " " + position))) {
      log.append("birth");
      // A hint may be lost while the listener is still being set up, so it is repeated.
      Await.until(
          "a hint",
          () -> {
            other.hint(database, 0);
            return heard.contains(database + " 0");
          });
    }
  }

  @Test
  void hint_registrationClosed_isNotHeard() {
    Storage other = another();
    var closedHeard = new ConcurrentLinkedQueue<Long>();
    var openHeard = new ConcurrentLinkedQueue<Long>();
    log.append("birth");
    storage.onHint((_, position) -> closedHeard.add(position)).close();
    try (var _ = storage.onHint((_, position) -> openHeard.add(position))) {
      Await.until(
          "a hint at the open listener",
          () -> {
            other.hint(database, 0);
            return openHeard.contains(0L);
          });
    }
    assertThat(closedHeard).doesNotContain(0L);
  }

  @Test
  void hint_unknownDatabase_doesNotFail() {
    storage.hint(database, 12);
    assertThat(storage.head(database)).isEqualTo(-1);
  }

  // The rest

  @Test
  void now_isNearThisClock() {
    Instant here = Instant.now();
    assertThat(storage.now()).isBetween(here.minus(Duration.ofHours(1)), here.plusSeconds(3600));
  }

  @Test
  void settings_nameKindAndDurability() {
    assertThat(storage.settings()).containsKeys("kind", "durable");
  }

  @Test
  void closed_everyCall_throwsClosed() {
    Storage gone = another();
    new ChainWriter(gone, database).append("birth");
    gone.close();
    gone.close();
    Digest none = Digest.NONE;
    assertThatCode(DbError.CLOSED, () -> gone.append(database, 1, none, none, bytes("x")));
    assertThatCode(DbError.CLOSED, () -> gone.read(database, 0, 10));
    assertThatCode(DbError.CLOSED, () -> gone.resolve(database, 0));
    assertThatCode(DbError.CLOSED, () -> gone.head(database));
    assertThatCode(DbError.CLOSED, () -> gone.replace(database, 0, none, bytes("x")));
    assertThatCode(DbError.CLOSED, () -> gone.putBlob(key, bytes("x")));
    assertThatCode(DbError.CLOSED, () -> gone.getBlob(key));
    assertThatCode(DbError.CLOSED, () -> gone.deleteBlob(key));
    assertThatCode(DbError.CLOSED, () -> gone.compareAndSet(key, 0, bytes("x")));
    assertThatCode(DbError.CLOSED, () -> gone.get(key));
    assertThatCode(DbError.CLOSED, () -> gone.list(key));
    assertThatCode(DbError.CLOSED, gone::now);
    assertThatCode(DbError.CLOSED, () -> gone.onHint((_, _) -> {}));
    gone.hint(database, 0);
  }

  /// The code of the error that the call throws is this one.
  protected static void assertThatCode(DbError code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.code()).isEqualTo(code.code()));
  }

  private void appendMany(int count, int sizeBytes) {
    IntStream.range(0, count)
        .forEach(i -> log.append(Integer.toString(i) + "x".repeat(sizeBytes).substring(digits(i))));
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  private static <T> List<T> race(Rival<T> rival) throws Exception {
    var start = new CountDownLatch(1);
    var results = new ArrayList<T>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures =
          IntStream.range(0, RIVALS)
              .mapToObj(
                  i ->
                      threads.submit(
                          (Callable<T>)
                              () -> {
                                start.await();
                                return rival.run(i);
                              }))
              .toList();
      start.countDown();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
    }
    return results;
  }

  /// What one of the racing threads does.
  @FunctionalInterface
  private interface Rival<T> {
    T run(int number) throws Exception;
  }
}
