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
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.error.BitsException;

/// A database that a newer build raised to its own format level.
class FormatLevelTest {
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
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.code()).isEqualTo(DbError.TOO_NEW.code()));
  }
}
