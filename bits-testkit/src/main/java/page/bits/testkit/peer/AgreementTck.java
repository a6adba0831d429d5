/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Connection;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.TxReports;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.log.v1.EntryCodec;
import page.bits.db.internal.peer.SharedPeer;
import page.bits.db.internal.peer.SystemWorld;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Levels;
import page.bits.db.internal.value.DbValue;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;
import page.bits.testkit.Await;
import page.bits.testkit.storage.CatalogRecord;
import page.bits.testkit.storage.Faults;
import page.bits.testkit.storage.FaultyStorage;

/// What peers of one database have to agree on: the index that the log gives, compared every 1,000
/// positions, and the format level that every build about can read.
///
/// The peers share nothing but what is stored, as in several processes.
public abstract class AgreementTck {
  private static final int COMPARED_AT = 1000;
  private static final String RAISE = "[[:db/add :bits/database :bits/format 2]]";

  private final String name = UUID.randomUUID().toString();
  private final BitsUri uri = BitsUri.parse("bits:mem:agreement?db=" + name);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Storage storage;

  protected AgreementTck() {}

  /// Opens the storage under test once more: the same data each time within one test.
  protected abstract Storage open() throws Exception;

  @BeforeEach
  void openStorage() throws Exception {
    storage = kept(open());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T kept(T made) {
    opened.addFirst(made);
    return made;
  }

  private Connection connect() throws Exception {
    return connect(kept(open()));
  }

  private Connection connect(Storage over) {
    return kept(SharedPeer.connectAlone(uri, over, SystemWorld.INSTANCE));
  }

  private DatabaseId database() {
    return CatalogRecord.database(storage, name);
  }

  /// Three peers; one of them lost a fact and passes the position after the others.
  @Test
  void compare_onePeerAppliedWrongly_onlyThatOneStops() throws Exception {
    Connection writer = connect();
    Connection reader = connect();
    var wrongsStorage = kept(new FaultyStorage(open(), 1, Faults.none()));
    Connection wrong = connect(wrongsStorage);
    long t = writer.transact("[]").t();
    assertThat(wrong.sync().basisT()).isEqualTo(t);
    TxReports wrongs = kept(wrong.txReports());
    wrongsStorage.faults(Faults.none().withHints(Faults.Hints.LOST));
    wrongsStorage.silent(true);
    loseOneDatom(wrong);
    while (storage.head(database()) < COMPARED_AT) {
      writer.transact("[]");
    }
    Await.until("published", () -> storage.list("fingerprint/1/" + database() + "/").size() == 1);
    wrongsStorage.silent(false);
    assertDiverged(wrongs);
    assertThat(wrong.db().basisT()).isGreaterThan(t);
    assertCode(DbError.INDEX_DIVERGED, () -> wrong.transact("[]"));
    assertCode(DbError.INDEX_DIVERGED, wrong::sync);
    long last = reader.transact("[]").t();
    assertThat(writer.sync().basisT()).isEqualTo(last);
    assertThat(writer.transact("[]").prevT()).isEqualTo(last);
  }

  private static void readToTheEnd(TxReports reports) {
    while (true) {
      reports.take();
    }
  }

  private static void assertDiverged(TxReports reports) {
    assertThatThrownBy(() -> readToTheEnd(reports))
        .isInstanceOfSatisfying(
            BitsException.class,
            e -> {
              assertThat(e.code()).isEqualTo(DbError.INDEX_DIVERGED.code());
              assertThat(e.data().get("position")).isEqualTo((long) COMPARED_AT);
              assertThat(e.data().get("expected")).isNotEqualTo(e.data().get("found"));
            });
  }

  /// What a wrong apply would leave: an index in which one fact is missing. Nothing that is public
  /// leads there, which is the point of it.
  private static void loseOneDatom(Connection connection) throws ReflectiveOperationException {
    Field peerField = field(connection.getClass(), "peer");
    Object peer = peerField.get(connection);
    Field headField = field(peer.getClass(), "head");
    Object head = headField.get(peer);
    Class<?> type = head.getClass();
    Constructor<?> newHead =
        type.getDeclaredConstructor(long.class, Digest.class, MemoryIndex.class);
    newHead.setAccessible(true);
    MemoryIndex index = (MemoryIndex) field(type, "index").get(head);
    Datom lost = DbValue.now(index).datoms(Index.AEVT, ":db/doc").iterator().next();
    MemoryIndex without =
        index.with(
            List.of(List.of(new Datom(lost.e(), lost.a(), lost.v(), lost.tx(), false))),
            index.counters());
    headField.set(
        peer,
        newHead.newInstance(
            field(type, "position").get(head), field(type, "digest").get(head), without));
  }

  private static Field field(Class<?> type, String named) throws NoSuchFieldException {
    Field field = type.getDeclaredField(named);
    field.setAccessible(true);
    return field;
  }

  /// A peer that runs stops before the level that it does not know, and still answers; a new one is
  /// refused.
  @Test
  void level_beyondThisBuild_isRefused() throws Exception {
    Connection follower = connect();
    try (TxReports reports = follower.txReports()) {
      long t = follower.transact("[]").t();
      assertThat(follower.status().formatLevel()).isEqualTo(Levels.NEWEST);
      assertThat(reports.take().t()).isEqualTo(t);
      raiseBeyond();
      assertCode(DbError.TOO_NEW, reports::take);
      assertCode(DbError.TOO_NEW, () -> follower.transact("[]"));
      assertThat(follower.db().basisT()).isEqualTo(t);
    }
    Storage another = kept(open());
    assertCode(DbError.TOO_NEW, () -> connect(another));
  }

  /// Appends what a build of the next level would.
  private void raiseBeyond() {
    DatabaseId database = database();
    StoredEntry newest = storage.resolve(database, storage.head(database)).orElseThrow();
    Counters before = EntryCodec.decode(database, newest).records().getLast().counters();
    long t = before.nextEntity();
    long tx = Partition.tx(t);
    Instant now = before.txInstant();
    List<Datom> datoms =
        List.of(
            new Datom(tx, Ids.TX_INSTANT, now, tx, true),
            new Datom(Ids.BITS_DATABASE, Ids.BITS_FORMAT, (long) Levels.NEWEST, tx, false),
            new Datom(Ids.BITS_DATABASE, Ids.BITS_FORMAT, Levels.NEWEST + 1L, tx, true));
    var after = new Counters(t, t + 1, before.nextElement(), now);
    var record = new LogRecord(before.t(), after, UUID.randomUUID(), Map.of(), datoms);
    EntryCodec.Encoded entry =
        EntryCodec.encode(
            Levels.NEWEST,
            database,
            newest.position() + 1,
            UUID.randomUUID(),
            newest.digest(),
            List.of(EntryCodec.encode(record, Integer.MAX_VALUE).orElseThrow()),
            Bytes.wrap(new byte[EntryCodec.SALT_SIZE_BYTES]));
    append(database, newest.digest(), entry);
    storage.hint(database, newest.position() + 1);
  }

  private void append(DatabaseId database, Digest previous, EntryCodec.Encoded entry) {
    assertThat(
            storage.append(
                database,
                entry.entry().position(),
                previous,
                entry.entry().digest(),
                entry.bytes()))
        .isEqualTo(new AppendResult.Appended());
  }

  @Test
  void level_raisedWhileAnOlderBuildIsAbout_isRefusedUntilThatIsGone() throws Exception {
    bearAtFirstLevel();
    Connection connection = connect();
    assertThat(connection.transact("[]").t()).isPositive();
    assertThat(connection.status().formatLevel()).isEqualTo(Levels.FIRST);
    String key = "session/" + UUID.randomUUID();
    assertThat(storage.compareAndSet(key, 0, recordOfAnOldBuild())).isTrue();
    try {
      assertCode(DbError.OLD_BUILDS, () -> connection.transact(RAISE));
      assertThat(connection.status().formatLevel()).isEqualTo(Levels.FIRST);
    } finally {
      assertThat(storage.compareAndSet(key, 1, null)).isTrue();
    }
    connection.transact(RAISE);
    assertThat(connection.status().formatLevel()).isEqualTo(Levels.EPHEMERAL);
  }

  private void bearAtFirstLevel() {
    var id = new DatabaseId(UUID.randomUUID());
    append(
        id,
        Digest.NONE,
        EntryCodec.encode(
            Levels.FIRST, id, 0, UUID.randomUUID(), Digest.NONE, List.of(), Bytes.empty()));
    Bytes named = Bytes.wrap(id.toString().getBytes(StandardCharsets.US_ASCII));
    assertThat(storage.compareAndSet("catalog/" + name, 0, named)).isTrue();
  }

  /// What a build of the first level says of itself: format, beat, level, time, process, three
  /// texts, no positions, and nothing after them.
  private static Bytes recordOfAnOldBuild() {
    ByteBuffer out = ByteBuffer.allocate(30);
    out.put((byte) 1).putLong(1).put((byte) Levels.FIRST).putLong(0).putLong(1);
    out.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 0);
    return Bytes.wrap(out.array());
  }

  private static void assertCode(DbError error, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }
}
