/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.Partition;
import page.bits.db.TxReports;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.log.v1.EntryCodec;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Levels;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.error.BitsException;

/// A database that a newer build raised to its own format level.
class FormatLevelTest {
  private static final String EPHEMERAL =
      """
      [{:db/ident :here/page :db/valueType :db.type/string :db/cardinality :db.cardinality/one
        :db/ephemeral true}]\
      """;

  private final Storage storage = MemoryStorage.named("format " + UUID.randomUUID(), Instant::now);
  private final DatabaseId database =
      new Catalog(storage, SystemWorld.INSTANCE).create("main").id();

  @Test
  void connect_levelOfThisBuild_isShown() {
    Peer peer = open();
    try (PeerConnection connection = connection(peer)) {
      connection.transact("[]");
      assertThat(connection.status().formatLevel()).isEqualTo(FormatLevel.MAX);
    }
  }

  @Test
  void follow_levelIsRaised_stopsBeforeItAndStillAnswers() {
    Peer peer = open();
    try (PeerConnection connection = connection(peer);
        TxReports reports = connection.txReports()) {
      long t = connection.transact("[]").t();
      assertThat(reports.take().t()).isEqualTo(t);
      raise(peer.head());
      assertTooNew(reports::take);
      assertTooNew(() -> connection.transact("[]"));
      assertThat(connection.db().basisT()).isEqualTo(t);
    }
  }

  @Test
  void connect_levelBeyondThisBuild_isRefused() {
    Peer peer = open();
    Head head = peer.head();
    peer.close();
    raise(head);
    assertTooNew(this::open);
  }

  @Test
  void raise_aDatabaseOfTheFirstLevel_isWrittenAtItsLevelUntilThen() {
    DatabaseId old = bornAtFirstLevel();
    try (PeerConnection connection = connectionTo(old)) {
      connection.transact("[]");
      assertThat(connection.status().formatLevel()).isEqualTo(Levels.FIRST);
      assertThat(levelAt(old, 1)).isEqualTo(Levels.FIRST);
      assertRefused(DbError.FORMAT_LEVEL, () -> connection.session().id());
      assertRefused(DbError.FORMAT_LEVEL, () -> connection.transact(EPHEMERAL));

      connection.transact("[[:db/add :bits/database :bits/format 2]]");
      assertThat(levelAt(old, 2)).isEqualTo(Levels.FIRST);
      connection.transact(EPHEMERAL);
      assertThat(levelAt(old, 3)).isEqualTo(Levels.EPHEMERAL);
      assertThat(connection.session().hold(Map.of(":here/page", "home")).await()).isPositive();
      assertThat(connection.status().formatLevel()).isEqualTo(Levels.EPHEMERAL);
    }
    try (PeerConnection again = connectionTo(old)) {
      assertThat(again.status().formatLevel()).isEqualTo(Levels.EPHEMERAL);
      assertThat(again.db().attribute(":here/page").orElseThrow().isEphemeral()).isTrue();
    }
  }

  @Test
  void raise_whileAnOlderBuildIsAbout_isRefused() {
    DatabaseId old = bornAtFirstLevel();
    var record =
        new ProcessRecord(1, Levels.FIRST, 0, 1, "host", "old", "peer", Map.of(), Map.of());
    String key = Processes.KEYS + UUID.randomUUID();
    assertThat(storage.compareAndSet(key, 0, record.bytes())).isTrue();
    try (PeerConnection connection = connectionTo(old)) {
      String raise = "[[:db/add :bits/database :bits/format 2]]";
      assertRefused(DbError.OLD_BUILDS, () -> connection.transact(raise));
      assertThat(storage.compareAndSet(key, 1, null)).isTrue();
      assertThat(connection.transact(raise).txData()).hasSize(3);
    }
  }

  private DatabaseId bornAtFirstLevel() {
    var id = new DatabaseId(UUID.randomUUID());
    EntryCodec.Encoded birth =
        EntryCodec.encode(
            Levels.FIRST, id, 0, UUID.randomUUID(), Digest.NONE, List.of(), Bytes.empty());
    assertThat(storage.append(id, 0, Digest.NONE, birth.entry().digest(), birth.bytes()))
        .isEqualTo(new AppendResult.Appended());
    return id;
  }

  private PeerConnection connectionTo(DatabaseId id) {
    var processes = new Processes(storage, SystemWorld.INSTANCE);
    return connection(
        Peer.open(id, storage, SystemWorld.INSTANCE, Deadlines.SYSTEM, processes, () -> {}));
  }

  private int levelAt(DatabaseId id, long position) {
    return EntryCodec.decode(id, storage.resolve(id, position).orElseThrow()).level();
  }

  private static void assertRefused(DbError error, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.code()).isEqualTo(error.code()));
  }

  private Peer open() {
    return Peer.open(
        database,
        storage,
        SystemWorld.INSTANCE,
        Deadlines.SYSTEM,
        new Processes(storage, SystemWorld.INSTANCE),
        () -> {});
  }

  private static PeerConnection connection(Peer peer) {
    return new PeerConnection(BitsUri.parse("bits:mem:format"), peer, peer::close);
  }

  /// What a build of the next level would append after this head.
  private void raise(Head head) {
    Counters before = head.index().counters();
    long t = before.nextEntity();
    long tx = Partition.tx(t);
    Instant now = before.txInstant();
    List<Datom> datoms =
        List.of(
            new Datom(tx, Ids.TX_INSTANT, now, tx, true),
            new Datom(Ids.BITS_DATABASE, Ids.BITS_FORMAT, (long) FormatLevel.MAX, tx, false),
            new Datom(Ids.BITS_DATABASE, Ids.BITS_FORMAT, FormatLevel.MAX + 1L, tx, true));
    var after = new Counters(t, t + 1, before.nextElement(), now);
    var record = new LogRecord(head.t(), after, UUID.randomUUID(), Map.of(), datoms);
    EntryCodec.Encoded entry =
        EntryCodec.encode(
            FormatLevel.MAX,
            database,
            head.position() + 1,
            UUID.randomUUID(),
            head.digest(),
            List.of(EntryCodec.encode(record, Integer.MAX_VALUE).orElseThrow()),
            Bytes.wrap(new byte[EntryCodec.SALT_SIZE_BYTES]));
    AppendResult result =
        storage.append(
            database, head.position() + 1, head.digest(), entry.entry().digest(), entry.bytes());
    assertThat(result).isEqualTo(new AppendResult.Appended());
    storage.hint(database, head.position() + 1);
  }

  private static void assertTooNew(Runnable call) {
    assertRefused(DbError.TOO_NEW, call);
  }
}
