/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import page.bits.conformance.Row;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.TxReport;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.AppendResult.Appended;
import page.bits.db.spi.AppendResult.Taken;
import page.bits.db.spi.AppendResult.Unknown;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.storage.jdbc.postgresql.CuttingProxy.Cut;
import page.bits.testkit.Await;

/// An append whose connection is cut before, in, or after it took effect is resolved.
class PostgresCutTest {
  private final DatabaseId database = new DatabaseId(UUID.randomUUID());

  private static String through(CuttingProxy proxy) {
    return TestServer.uri().replace(":" + TestServer.get().getPort(), ":" + proxy.port());
  }

  /// Three statements append: that of the first entry of a log, one that tells others of its entry,
  /// and one that follows so soon that it does not.
  @ParameterizedTest
  @CsvSource({
    "BEFORE, 0", "INSIDE, 0", "AFTER, 0",
    "BEFORE, 1", "INSIDE, 1", "AFTER, 1",
    "BEFORE, 2", "INSIDE, 2", "AFTER, 2"
  })
  void append_connectionCut_isUnknownAndThenResolved(Cut cut, long position) throws Exception {
    String marker = "marker " + UUID.randomUUID();
    try (var proxy = new CuttingProxy(TestServer.get().getPort());
        Storage storage = open(proxy)) {
      Digest previous = fill(storage, position);
      proxy.cut(cut, marker);
      StoredEntry entry = entry(position, marker);
      assertThat(append(storage, previous, entry)).isInstanceOf(Unknown.class);
      assertThat(proxy.hasCut()).isTrue();
      boolean isThere = cut == Cut.AFTER;
      assertThat(storage.resolve(database, position))
          .isEqualTo(isThere ? Optional.of(entry) : Optional.empty());
      assertThat(append(storage, previous, entry))
          .isEqualTo(isThere ? new Taken(entry) : new Appended());
      assertThat(storage.read(database, position, 1 << 20)).containsExactly(entry);
    }
  }

  /// The server does not notice that its client is gone: it appends once it may.
  @Test
  void append_connectionCutWhileItWaitsForARival_isThereOnce() throws Exception {
    try (var proxy = new CuttingProxy(TestServer.get().getPort());
        Storage storage = open(proxy);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Digest previous = fill(storage, 1);
      StoredEntry entry = entry(1, "waits");
      Future<AppendResult> append;
      try (Rival rival = Rival.holding(database, 1)) {
        append = threads.submit(() -> append(storage, previous, entry));
        rival.awaitBlockedAppend();
        proxy.cutAll();
        assertThat(append.get()).isInstanceOf(Unknown.class);
        assertThat(storage.resolve(database, 1)).isEmpty();
        rival.rollback();
      }
      assertThat(append(storage, previous, entry)).isIn(new Appended(), new Taken(entry));
      assertThat(append(storage, previous, entry)).isEqualTo(new Taken(entry));
      Await.until("the one that was cut has ended", () -> Rival.blockedAppends() == 0);
      assertThat(storage.read(database, 1, 1 << 20)).containsExactly(entry);
    }
  }

  private static Storage open(CuttingProxy proxy) {
    return new PostgresStorageProvider().open(BitsUri.parse(through(proxy)), /* create= */ true);
  }

  /// Appends up to a position, exclusive; the digest of the entry before it.
  private Digest fill(Storage storage, long position) {
    Digest previous = Digest.NONE;
    for (long at = 0; at < position; at++) {
      StoredEntry entry = entry(at, "before");
      assertThat(append(storage, previous, entry)).isEqualTo(new Appended());
      previous = entry.digest();
    }
    return previous;
  }

  private static StoredEntry entry(long position, String text) {
    var digest = new Digest(Bytes.ofHex("0%d".formatted(position + 1).repeat(32)));
    return new StoredEntry(position, digest, Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private AppendResult append(Storage storage, Digest previous, StoredEntry entry) {
    return storage.append(database, entry.position(), previous, entry.digest(), entry.bytes());
  }

  @Row({"A-09", "T-72", "RF-17"})
  @ParameterizedTest
  @EnumSource
  void transact_connectionCut_commitsOnce(Cut cut) throws Exception {
    String marker = "marker " + UUID.randomUUID();
    try (var proxy = new CuttingProxy(TestServer.get().getPort());
        Connection connection =
            Bits.connect(through(proxy) + "&create=true&db=" + UUID.randomUUID())) {
      connection.ensureSchema(
          """
          [{:db/ident :item/text :db/valueType :db.type/string
            :db/cardinality :db.cardinality/one}]""");
      proxy.cut(cut, marker);
      TxReport report = connection.transact(List.of(Map.of(":item/text", marker)));
      assertThat(proxy.hasCut()).isTrue();
      assertThat(connection.db().q("[:find (count ?e) . :where [?e :item/text]]")).isEqualTo(1L);
      assertThat(connection.transact("[]").prevT()).isEqualTo(report.t());
    }
  }
}
