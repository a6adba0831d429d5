/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.Index;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.internal.value.DbValue;
import page.bits.db.spi.DatabaseId;
import page.bits.error.BitsException;

/// Peers that compare their indexes every so many positions.
class IndexChecksTest {
  private final MemoryStorage storage =
      MemoryStorage.named("checks " + UUID.randomUUID(), Instant::now);
  private final DatabaseId database =
      new Catalog(storage, SystemWorld.INSTANCE).create("main").id();
  private final List<PeerConnection> connections = new ArrayList<>();
  private final Peer writer = open();
  private final PeerConnection writing = connection(writer);

  private Peer open() {
    return TestPeers.open(database, storage);
  }

  private PeerConnection connection(Peer peer) {
    PeerConnection made = TestPeers.connection(peer);
    connections.add(made);
    return made;
  }

  @AfterEach
  void close() {
    connections.forEach(PeerConnection::close);
  }

  @Test
  void compare_rightPeersOfEveryKind_agree() {
    Peer other = open();
    PeerConnection reading = connection(other);
    commitUntil(IndexChecks.INTERVAL / 2);
    PeerConnection replayed = connection(open());
    commitUntil(2 * IndexChecks.INTERVAL + 1);
    for (PeerConnection each : List.of(writing, reading, replayed)) {
      assertThat(each.sync().basisT()).isEqualTo(writing.db().basisT());
    }
    await(() -> published().size() == 2);
    assertThat(List.of(writer, other)).noneMatch(peer -> peer.failure().isPresent());
    assertThat(writer.head().index().fingerprint()).isEqualTo(other.head().index().fingerprint());
    assertThat(writer.head().index().fingerprint())
        .isEqualTo(open(connections).head().index().fingerprint());
  }

  private Peer open(List<PeerConnection> kept) {
    Peer peer = open();
    kept.add(TestPeers.connection(peer));
    return peer;
  }

  @Test
  void compare_peerThatAppliedWrongly_stopsWhoeverWasFirst() throws Exception {
    Peer wrong = open();
    PeerConnection reading = connection(wrong);
    commitUntil(10);
    await(() -> wrong.head().position() == 10);
    loseOneDatom(wrong);
    // It may publish first; then it stops at the position after, once the writer has corrected it.
    while (!wrong.failure().isPresent()) {
      commitUntil(writer.head().position() + 1);
    }
    assertDiverged(() -> reading.transact("[]"));
    assertThat(writer.failure()).isEmpty();
    assertThat(reading.db().basisT()).isPositive();
  }

  @Test
  void compare_wrongOneWasFirst_isCorrectedAndStopsAtItsNext() {
    commitUntil(IndexChecks.INTERVAL);
    MemoryIndex right = writer.head().index();
    MemoryIndex wrong = withoutOneDatom(right);
    await(() -> published().size() == 1);
    DatabaseId elsewhere = new DatabaseId(UUID.randomUUID());
    var first = new IndexChecks(storage, elsewhere, (_, _) -> right);
    var second = new IndexChecks(storage, elsewhere, (_, _) -> right);
    first.passed(IndexChecks.INTERVAL, wrong);
    first.compare();
    second.passed(IndexChecks.INTERVAL, right);
    second.compare();
    first.passed(2 * IndexChecks.INTERVAL, wrong);
    assertDiverged(first::compare);
    second.passed(2 * IndexChecks.INTERVAL, right);
    second.compare();
  }

  /// Two peers read a record before some of it was excised, and one of them applied it wrongly: the
  /// log cannot say any more which.
  @Test
  void compare_whatTheLogDoesNotHoldAnyMore_callsNobodyWrong() {
    commitUntil(10);
    MemoryIndex right = writer.head().index();
    MemoryIndex other = withoutOneDatom(right);
    LogRecord record = writer.log().firstReaching(1, 10).orElseThrow().records().getFirst();
    DatabaseId elsewhere = new DatabaseId(UUID.randomUUID());
    var first = new IndexChecks(storage, elsewhere, (_, _) -> right);
    var second =
        new IndexChecks(
            storage,
            elsewhere,
            (_, passed) -> {
              passed.accept(record.excisedBy(record.t() + 1));
              return withoutOneDatom(other);
            });
    first.passed(IndexChecks.INTERVAL, right);
    first.compare();
    second.passed(IndexChecks.INTERVAL, other);
    second.compare();
    assertThat(storage.list("fingerprint/1/" + elsewhere)).hasSize(1);
  }

  @Test
  void compare_olderFingerprints_areForgotten() {
    var checks = new IndexChecks(storage, database, (_, _) -> writer.head().index());
    for (int i = 1; i <= 20; i++) {
      checks.passed(i * IndexChecks.INTERVAL, writer.head().index());
      checks.compare();
    }
    assertThat(published()).hasSize(16);
  }

  /// What a wrong apply would leave: an index in which one fact is missing.
  private static void loseOneDatom(Peer peer) throws ReflectiveOperationException {
    Field field = Peer.class.getDeclaredField("head");
    field.setAccessible(true);
    Head head = peer.head();
    MemoryIndex index = head.index();
    MemoryIndex without = withoutOneDatom(index);
    field.set(peer, new Head(head.position(), head.digest(), without));
  }

  private static MemoryIndex withoutOneDatom(MemoryIndex index) {
    Datom lost = DbValue.now(index).datoms(Index.AEVT, ":db/doc").iterator().next();
    Counters same = index.counters();
    return index.with(
        List.of(List.of(new Datom(lost.e(), lost.a(), lost.v(), lost.tx(), false))), same);
  }

  private static void assertDiverged(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BitsException.class,
            e -> {
              assertThat(e.code()).isEqualTo(DbError.INDEX_DIVERGED.code());
              assertThat(String.valueOf(e.data().get("position"))).endsWith("000");
              assertThat(e.data().get("expected")).isNotEqualTo(e.data().get("found"));
            });
  }

  private void commitUntil(long position) {
    while (writer.head().position() < position) {
      long i = writer.head().position();
      writing.transact(
          List.of(
              Map.of(":db/id", "new", ":db/doc", "text " + i),
              Map.of(":db/ident", ":some/thing", ":db/doc", "changes " + i)));
    }
  }

  private List<String> published() {
    return storage.list("fingerprint/");
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
