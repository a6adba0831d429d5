/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.db.spi.AppendResult.Appended;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.testkit.Await;

/// A storage behind a real pgbouncer.
class PostgresPoolerTest {
  private static final Digest ONE = new Digest(Bytes.ofHex("01".repeat(32)));
  private static final String DEAF = "polling by the peer; LISTEN brings nothing";
  private static final Bytes BYTES = Bytes.ofHex("cafe");

  @TempDir Path folder;

  private static Storage open(String uri) {
    return new PostgresStorageProvider().open(BitsUri.parse(uri), /* create= */ true);
  }

  private static String hints(Storage storage) {
    return String.valueOf(storage.settings().get("hints"));
  }

  @Test
  void open_poolerOfTransactions_workIsDoneAndPollingIsTold() throws Exception {
    var told = new ConcurrentLinkedQueue<LogRecord>();
    Logger logger = Logger.getLogger(PostgresHints.class.getName());
    Handler handler = handler(told);
    logger.addHandler(handler);
    try (Pgbouncer pgbouncer = Pgbouncer.start(folder, "transaction");
        Storage storage = open(pgbouncer.uri())) {
      assertThat(storage.settings()).containsEntry("pooler", "yes").containsEntry("durable", "yes");
      storage.onHint((_, _) -> {});
      appendFromManyThreads(storage);
      Await.until("it is told that LISTEN brings nothing", () -> hints(storage).startsWith(DEAF));
      Await.until("the log says so", () -> told.stream().anyMatch(PostgresPoolerTest::isWarning));
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void reports_poolerOfTransactions_comeByPolling() throws Exception {
    String db = "&create=true&db=" + UUID.randomUUID();
    try (Pgbouncer pgbouncer = Pgbouncer.start(folder, "transaction");
        Connection direct = Bits.connect(TestServer.uri() + db);
        Connection pooled = Bits.connect(pgbouncer.uri() + db);
        TxReports reports = pooled.txReports()) {
      Await.until("it is told that it polls", () -> isDeaf(pooled));
      for (int i = 0; i < 20; i++) {
        TxReport sent = direct.transact("[]");
        TxReport seen = reports.poll(Duration.ofMinutes(1)).orElseThrow();
        assertThat(seen.cursor()).isEqualTo(sent.cursor());
      }
      var sent = new ArrayList<Cursor>();
      var seen = new ArrayList<Cursor>();
      for (int i = 0; i < 20; i++) {
        sent.add(direct.transact("[]").cursor());
      }
      for (int i = 0; i < 20; i++) {
        seen.add(reports.poll(Duration.ofMinutes(1)).orElseThrow().cursor());
      }
      assertThat(seen).isEqualTo(sent);
      assertThat(isDeaf(pooled)).isTrue();
    }
  }

  private static boolean isDeaf(Connection connection) {
    return String.valueOf(connection.status().storage().get("hints")).startsWith(DEAF);
  }

  @Test
  void onHint_poolerOfSessions_isHeard() throws IOException {
    var database = new DatabaseId(UUID.randomUUID());
    var heard = new ConcurrentLinkedQueue<Long>();
    try (Pgbouncer pgbouncer = Pgbouncer.start(folder, "session");
        Storage storage = open(pgbouncer.uri());
        Storage direct = open(TestServer.uri())) {
      assertThat(direct.settings()).containsEntry("pooler", "no");
      assertThat(direct.append(database, 0, ONE, ONE, BYTES)).isInstanceOf(Appended.class);
      storage.onHint((_, position) -> heard.add(position));
      Await.until("LISTEN is in effect", () -> hints(storage).equals("LISTEN"));
      direct.hint(database, 41);
      Await.until("the hint is heard", () -> heard.contains(41L));
    }
  }

  /// So that statements meet server connections that others have used.
  private static void appendFromManyThreads(Storage storage) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var appends = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 8; i++) {
        appends.add(() -> appendsAndReads(storage, new DatabaseId(UUID.randomUUID())));
      }
      List<Future<Boolean>> done = threads.invokeAll(appends);
      for (Future<Boolean> each : done) {
        assertThat(each.get()).isTrue();
      }
    }
  }

  private static boolean appendsAndReads(Storage storage, DatabaseId database) {
    for (long position = 0; position < 20; position++) {
      assertThat(storage.append(database, position, ONE, ONE, BYTES)).isInstanceOf(Appended.class);
      storage.hint(database, position);
      assertThat(storage.head(database)).isEqualTo(position);
    }
    return storage.read(database, 0, 1 << 20).size() == 20;
  }

  private static boolean isWarning(LogRecord record) {
    return record.getLevel().equals(Level.WARNING) && record.getMessage().contains("pooler");
  }

  private static Handler handler(ConcurrentLinkedQueue<LogRecord> told) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        told.add(record);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
