/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.TxReport;
import page.bits.db.internal.log.v1.Excision;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.StoredEntry;

/// The checker's own decoder reads every kind of record and entry that the database writes.
class EntryReaderTest {
  private static final String SECRET = "the secret of ann";

  private final String name = UUID.randomUUID().toString();
  private final Connection connection = Bits.connect("bits:mem:" + name);
  private MemoryLog log;

  @BeforeEach
  void makeSchema() {
    connection.ensureSchema(
        """
        [{:db/ident :here/mark :db/valueType :db.type/long :db/cardinality :db.cardinality/many
          :db/ephemeral true}]""");
    log = new MemoryLog(name);
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void read_ephemeralFacts_liesInASectionOfItsOwn() {
    TxReport report = connection.transact(List.of(mark(7)));
    LoggedTx tx = EntryReader.read(lying(report).bytes().toArray()).txs().getLast();
    assertThat(tx.t()).isEqualTo(report.t());
    assertThat(tx.ephemeral()).extracting(LoggedTx.Said::v).contains(7L).hasSize(2);
    assertThat(tx.durable()).hasSize(1);
    assertThat(tx.chain()).isEqualTo(report.cursor().digest());
    assertThat(findings().violations()).isZero();
  }

  private Map<String, Object> mark(long mark) {
    return Map.of(":bits/session", connection.session().ref(), ":here/mark", mark);
  }

  @Test
  void read_largeEntry_isPutTogetherFromItsParts() {
    TxReport report = connection.transact(List.of(Map.of(":db/doc", "x".repeat(700_000)), mark(1)));
    byte[] whole = PartsReader.whole(log, log.database().uuid(), lying(report).bytes().toArray());
    assertThat(whole.length).isGreaterThan(700_000);
    LoggedTx tx = EntryReader.read(whole).txs().getLast();
    assertThat(tx.t()).isEqualTo(report.t());
    assertThat(tx.ephemeral()).hasSize(2);
    assertThat(findings().violations()).isZero();
  }

  @Test
  void read_partMissing_isFound() {
    var _ = connection.transact(List.of(Map.of(":db/doc", "x".repeat(700_000))));
    LogSource withoutParts = log::read;
    assertThat(findings(withoutParts).kept())
        .extracting(Violation::invariant)
        .contains(Invariant.I3);
  }

  @Test
  void read_excisedRecord_hasTheRestAndTheSameChain() {
    TxReport report =
        connection.transact(List.of(Map.of(":db/doc", SECRET, ":db/id", "ann"), mark(1)));
    TxReport after = connection.transact(List.of(Map.of(":db/doc", "excises")));
    StoredEntry entry = lying(report);
    Bytes left =
        Excision.of(
            log.database(),
            entry,
            record -> record.without(after.t(), datom -> !datom.v().equals(SECRET)));
    assertThat(log.storage().replace(log.database(), entry.position(), entry.digest(), left))
        .isTrue();
    LoggedTx tx = EntryReader.read(lying(report).bytes().toArray()).txs().getLast();
    assertThat(tx.excisedBy()).isEqualTo(after.t());
    assertThat(tx.durable()).extracting(LoggedTx.Said::v).doesNotContain(SECRET).hasSize(1);
    assertThat(tx.ephemeral()).hasSize(2);
    assertThat(tx.chain()).isEqualTo(report.cursor().digest());
    assertThat(findings().violations()).isZero();
  }

  @Test
  void read_damagedSection_isFound() {
    TxReport report = connection.transact(List.of(mark(7)));
    UnaryOperator<byte[]> damage =
        bytes -> {
          bytes[bytes.length - 9] ^= 1; // the last byte before the checksum
          return bytes;
        };
    long position = lying(report).position();
    LogSource damaged =
        reader ->
            log.read(
                raw ->
                    reader.accept(
                        raw.position() == position
                            ? new LogSource.RawEntry(
                                position, raw.digest(), damage.apply(raw.bytes()))
                            : raw));
    assertThat(findings(damaged).kept()).extracting(Violation::invariant).contains(Invariant.I3);
  }

  /// What lies at the position of a transaction, which is the newest entry but those after it.
  private StoredEntry lying(TxReport report) {
    return log.storage().read(log.database(), 0, Integer.MAX_VALUE).stream()
        .filter(entry -> isOf(entry, report.t()))
        .findFirst()
        .orElseThrow();
  }

  private boolean isOf(StoredEntry entry, long t) {
    byte[] bytes = entry.bytes().toArray();
    return EntryReader.read(PartsReader.whole(log, log.database().uuid(), bytes)).txs().stream()
        .anyMatch(tx -> tx.t() == t);
  }

  private Report findings() {
    return findings(log);
  }

  private static Report findings(LogSource source) {
    var report = new Report();
    var replay = new Replay(report, new Submissions(), Long.MAX_VALUE);
    var _ = new LogCheck(report, replay).log(source);
    return report;
  }
}
