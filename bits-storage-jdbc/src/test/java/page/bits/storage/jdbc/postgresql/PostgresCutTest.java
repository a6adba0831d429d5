/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import page.bits.conformance.Row;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.TxReport;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.storage.jdbc.postgresql.CuttingProxy.Cut;

/// An append whose connection is cut before, in, or after it took effect is resolved.
class PostgresCutTest {
  private static final Digest ONE = new Digest(Bytes.ofHex("01".repeat(32)));

  private static String through(CuttingProxy proxy) {
    return TestServer.uri().replace(":" + TestServer.get().getPort(), ":" + proxy.port());
  }

  @ParameterizedTest
  @EnumSource
  void append_connectionCut_isUnknownAndThenResolved(Cut cut) throws Exception {
    String marker = "marker " + UUID.randomUUID();
    Bytes bytes = Bytes.wrap(marker.getBytes(StandardCharsets.US_ASCII));
    var database = new DatabaseId(UUID.randomUUID());
    try (var proxy = new CuttingProxy(TestServer.get().getPort());
        Storage storage =
            new PostgresStorageProvider().open(BitsUri.parse(through(proxy)), /* create= */ true)) {
      proxy.cut(cut, marker);
      AppendResult result = storage.append(database, 0, Digest.NONE, ONE, bytes);
      assertThat(result).isInstanceOf(AppendResult.Unknown.class);
      assertThat(proxy.hasCut()).isTrue();
      var entry = new StoredEntry(0, ONE, bytes);
      if (cut == Cut.AFTER) {
        assertThat(storage.resolve(database, 0)).contains(entry);
        assertThat(storage.append(database, 0, Digest.NONE, ONE, bytes))
            .isEqualTo(new AppendResult.Taken(entry));
      } else {
        assertThat(storage.resolve(database, 0)).isEmpty();
        assertThat(storage.append(database, 0, Digest.NONE, ONE, bytes))
            .isEqualTo(new AppendResult.Appended());
      }
    }
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
