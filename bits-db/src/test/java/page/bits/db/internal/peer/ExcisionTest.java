/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.db.DbError;
import page.bits.db.Outcome;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.log.v1.Excision;
import page.bits.db.internal.log.v1.PartList;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;

/// A log from which something was excised: everything else about it is as before.
class ExcisionTest {
  private static final String SECRET = "the secret of ann";

  private final MemoryStorage storage =
      MemoryStorage.named("excision " + UUID.randomUUID(), Instant::now);
  private final DatabaseId database =
      new Catalog(storage, SystemWorld.INSTANCE).create("main").id();
  private final List<PeerConnection> connections = new ArrayList<>();
  private final PeerConnection connection = connect();
  private final List<TxReport> before = new ArrayList<>();

  private PeerConnection connect() {
    PeerConnection made = TestPeers.connect(database, storage);
    connections.add(made);
    return made;
  }

  @BeforeEach
  void commit() {
    try (TxReports reports = connection.txReports()) {
      connection.transact(doc("bob", "nothing to hide"));
      // Together, so that records of one entry are excised and others are not.
      var together = new ArrayList<CompletableFuture<TxReport>>();
      together.add(connection.transactAsync(doc("ann", SECRET)));
      for (int i = 0; i < 10; i++) {
        together.add(connection.transactAsync(doc("other", "text " + i)));
      }
      together.forEach(CompletableFuture::join);
      connection.transact(doc("cid", "after"));
      for (int i = 0; i < 13; i++) {
        before.add(reports.take());
      }
    }
  }

  @AfterEach
  void close() {
    connections.forEach(PeerConnection::close);
  }

  @Test
  void replay_overAnExcisedRecord_hasTheRestAndTheSameCursors() {
    long by = excise();
    PeerConnection fresh = connect();
    assertThat(fresh.cursor()).isEqualTo(connection.cursor());
    assertThat(fresh.db().basisT()).isEqualTo(by);
    assertThat(docs(fresh)).contains("nothing to hide", "text 9", "after").doesNotContain(SECRET);
    assertThat(docs(connection)).contains(SECRET); // until it restarts
    assertThat(fresh.transact(doc("dan", "goes on")).prevT()).isEqualTo(by);
    assertThat(storedText()).doesNotContain(SECRET);
  }

  @Test
  void resume_beforeAnExcisedRecord_goesOnOverIt() {
    long by = excise();
    PeerConnection fresh = connect();
    try (TxReports reports = fresh.txReports(before.getFirst().cursor())) {
      for (TxReport was : before.subList(1, before.size())) {
        TxReport now = reports.take();
        boolean isExcised = was.tempids().containsKey("ann");
        assertThat(now.cursor()).isEqualTo(was.cursor());
        assertThat(now.prevT()).isEqualTo(was.prevT());
        assertThat(now.txInstant()).isEqualTo(was.txInstant());
        assertThat(now.submissionId()).isEqualTo(was.submissionId());
        assertThat(now.excisedBy().orElse(0)).isEqualTo(isExcised ? by : 0);
        assertThat(now.txData()).hasSize(isExcised ? 1 : 2);
        assertThat(now.tempids().keySet())
            .isEqualTo(isExcised ? java.util.Set.of() : was.tempids().keySet());
      }
      assertThat(reports.take().t()).isEqualTo(by);
    }
  }

  @Test
  void resume_atAnExcisedRecord_isAtItsCursor() {
    excise();
    PeerConnection fresh = connect();
    TxReport excised = before.get(1);
    try (TxReports reports = fresh.txReports(excised.cursor())) {
      assertThat(reports.take().cursor()).isEqualTo(before.get(2).cursor());
    }
    assertThat(fresh.outcome(excised.submissionId()))
        .isInstanceOfSatisfying(
            Outcome.Committed.class,
            committed -> assertThat(committed.report().excisedBy()).isPresent());
    assertThat(fresh.log().tx(excised.t()).orElseThrow().data()).hasSize(1);
  }

  @Test
  void excise_twice_namesTheLaterAndKeepsTheDigest() {
    excise();
    long later = connection.transact(doc("x", "excises again")).t();
    StoredEntry entry = entryOf(secretT());
    replace(entry, record -> record.t() == secretT() ? record.excisedBy(later) : record);
    try (TxReports reports = connect().txReports(before.getFirst().cursor())) {
      assertThat(reports.take().excisedBy()).hasValue(later);
    }
  }

  @Test
  void excise_entryInParts_putsNewPartsAndReadersMeanwhileFindThem() {
    String large = "abc".repeat(200_000);
    TxReport report =
        connection.transact(
            Tx.of(
                    List.of(
                        Map.of(":db/id", "a", ":db/doc", large),
                        Map.of(":db/id", "b", ":db/doc", SECRET + large)))
                .deadline(Duration.ofMinutes(1)));
    long by = connection.transact(doc("x", "excises")).t();
    var parts = new EntryParts(storage, database);
    StoredEntry row = entryOf(report.t());
    Bytes left =
        Excision.of(
            database,
            parts.whole(row),
            record ->
                record.without(by, d -> !(d.v() instanceof String s && s.startsWith(SECRET))));
    UUID set = UUID.randomUUID();
    PartList list = PartList.of(/* level= */ 2, set, left);
    for (int i = 0; i < list.parts().size(); i++) {
      parts.put(set, i, PartList.piece(left, i));
    }
    assertThat(storage.replace(database, row.position(), row.digest(), list.toBytes())).isTrue();
    PartList old = PartList.decode(database, row);
    parts.delete(old.set(), old.parts().size());
    // Whoever still holds the former row finds its parts gone, looks again and reads the new ones.
    assertThat(parts.whole(row).bytes()).isEqualTo(left);
    try (TxReports reports = connect().txReports(before.getLast().cursor())) {
      TxReport now = reports.take();
      assertThat(now.cursor()).isEqualTo(report.cursor());
      assertThat(now.excisedBy()).hasValue(by);
      assertThat(now.tempids()).containsOnlyKeys("a");
    }
  }

  @Test
  void read_whatWasLeftIsDamaged_isCorrupt() {
    excise();
    StoredEntry entry = entryOf(secretT());
    byte[] bytes = entry.bytes().toArray();
    int inLeft = 4 + 1 + 16 + 1 + 16 + 32 + 1 + 1 + 32 + 2 + 1 + 8; // in the first record's body
    bytes[inLeft] ^= 1;
    storage.replace(database, entry.position(), entry.digest(), Bytes.wrap(bytes));
    assertThatThrownBy(this::connect)
        .isInstanceOfSatisfying(
            BitsException.class,
            e -> assertThat(e.code()).isEqualTo(DbError.STORAGE_CORRUPT.code()));
  }

  private long secretT() {
    return before.get(1).t();
  }

  /// Excises what ann said, and answers the t of the transaction that it is done by.
  private long excise() {
    long by = connection.transact(doc("x", "excises")).t();
    replace(entryOf(secretT()), record -> record.without(by, datom -> !SECRET.equals(datom.v())));
    return by;
  }

  private void replace(StoredEntry entry, java.util.function.UnaryOperator<LogRecord> left) {
    Bytes bytes = Excision.of(database, entry, left);
    assertThat(storage.replace(database, entry.position(), entry.digest(), bytes)).isTrue();
  }

  private StoredEntry entryOf(long t) {
    long position =
        new LogReader(storage, database)
            .firstReaching(t, storage.head(database))
            .orElseThrow()
            .position();
    return storage.resolve(database, position).orElseThrow();
  }

  private String storedText() {
    var text = new StringBuilder();
    for (StoredEntry entry : storage.read(database, 0, Integer.MAX_VALUE)) {
      text.append(
          new String(entry.bytes().toArray(), java.nio.charset.StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  private static List<String> docs(PeerConnection on) {
    return on.db().query("[:find ?d :where [_ :db/doc ?d]]").column(String.class);
  }

  private static Tx doc(String tempid, String text) {
    return Tx.of(List.of(Map.of(":db/id", tempid, ":db/doc", text)));
  }
}
