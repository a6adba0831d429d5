/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.DbError;
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
import page.bits.error.BitsException;
import page.bits.testkit.Await;
import page.bits.testkit.storage.StorageTck;

class PostgresStorageTest extends StorageTck {
  private static final Digest ONE = new Digest(Bytes.ofHex("01".repeat(32)));
  private static final Bytes BYTES = Bytes.ofHex("cafe");

  private final DatabaseId database = new DatabaseId(UUID.randomUUID());

  @Override
  protected Storage open() {
    return open(TestServer.uri());
  }

  private static Storage open(String uri) {
    return new PostgresStorageProvider().open(BitsUri.parse(uri), /* create= */ true);
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = TestServer.get().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Row({"RA-30", "RF-20"})
  @Test
  void open_settings_areDurableAndWithoutPassword() {
    Map<String, String> settings = open(TestServer.uri() + "&password=hunter2").settings();
    assertThat(settings)
        .containsEntry("durable", "yes")
        .containsEntry("fsync", "on")
        .containsEntry("synchronousCommit", "on")
        .containsEntry("fullPageWrites", "on");
    assertThat(settings.toString()).doesNotContain("hunter2");
  }

  @Test
  void open_serverThatDoesNotWaitForItsDisk_waitsInOurSessions() throws SQLException {
    execute(
        "DROP DATABASE IF EXISTS hasty",
        "CREATE DATABASE hasty",
        "ALTER DATABASE hasty SET synchronous_commit=off");
    try (Storage storage = open(TestServer.uri("hasty", "postgres"))) {
      assertThat(storage.settings())
          .containsEntry("serverSynchronousCommit", "off")
          .containsEntry("synchronousCommit", "on");
    }
  }

  @Test
  void open_nobodyListens_isUnavailable() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThatCode(
        DbError.STORAGE_UNAVAILABLE,
        () -> open("bits:postgresql://localhost:" + port + "/postgres?user=postgres"));
  }

  @Test
  void open_unknownHost_isUnavailable() {
    assertThatCode(
        DbError.STORAGE_UNAVAILABLE,
        () -> open("bits:postgresql://nowhere.invalid:5432/postgres?user=postgres"));
  }

  @Row("RF-19")
  @Test
  void open_serverThatNeverAnswers_isUnavailableAtTheDeadline() throws IOException {
    try (var silent = new ServerSocket(0)) {
      String uri = "bits:postgresql://localhost:" + silent.getLocalPort() + "/postgres";
      assertThatCode(
          DbError.STORAGE_UNAVAILABLE, () -> open(uri + "?user=postgres&timeoutMillis=1000"));
    }
  }

  @Test
  void open_unknownRole_isRefused() {
    assertThatCode(DbError.STORAGE_REFUSED, () -> open(TestServer.uri("postgres", "no_such_role")));
  }

  @Row({"RA-30", "RF-20"})
  @Test
  void open_wrongPassword_isRefusedAndNotPrinted() throws Exception {
    try (var server = TestServer.withPasswords()) {
      BitsException error =
          catchThrowableOfType(
              BitsException.class,
              () ->
                  open(
                      "bits:postgresql://localhost:"
                          + server.getPort()
                          + "/postgres?user=postgres&password=hunter2"));
      assertThat(error.is(DbError.STORAGE_REFUSED)).isTrue();
      for (Throwable t = error; t != null; t = t.getCause()) {
        assertThat(t.toString()).doesNotContain("hunter2");
      }
      assertThat(error.data().toString()).doesNotContain("hunter2");
    }
  }

  @Test
  void open_databaseMissing_isNotFoundWithRemedy() {
    BitsException error =
        catchThrowableOfType(
            BitsException.class, () -> open(TestServer.uri("no_such_database", "postgres")));
    assertThat(error.is(DbError.STORAGE_NOT_FOUND)).isTrue();
    assertThat(error.data()).containsKey("remedy").containsEntry("missing", "database");
  }

  @Test
  void open_tablesMissingWithoutCreate_isNotFoundAndMakesNothing() throws SQLException {
    execute("DROP DATABASE IF EXISTS empty", "CREATE DATABASE empty");
    BitsUri uri = BitsUri.parse(TestServer.uri("empty", "postgres"));
    for (int i = 0; i < 2; i++) {
      assertThatCode(
          DbError.STORAGE_NOT_FOUND,
          () -> new PostgresStorageProvider().open(uri, /* create= */ false));
    }
  }

  @Test
  void open_accountThatMayNotMakeTables_isRefused() throws SQLException {
    execute(
        "DROP DATABASE IF EXISTS closed", "CREATE DATABASE closed",
        "DROP ROLE IF EXISTS visitor", "CREATE ROLE visitor LOGIN");
    assertThatCode(DbError.STORAGE_REFUSED, () -> open(TestServer.uri("closed", "visitor")));
  }

  @Row("A-26")
  @Test
  void open_manyNodesAtOnce_makeTheTablesOnce() throws Exception {
    execute("DROP DATABASE IF EXISTS together", "CREATE DATABASE together");
    String uri = TestServer.uri("together", "postgres");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var opening = new ArrayList<Future<Storage>>();
      for (int i = 0; i < 8; i++) {
        opening.add(threads.submit(() -> open(uri)));
      }
      for (Future<Storage> storage : opening) {
        storage.get().close();
      }
    }
  }

  @Test
  void open_newerLayout_isTooNew() throws SQLException {
    execute("DROP DATABASE IF EXISTS newer", "CREATE DATABASE newer");
    String uri = TestServer.uri("newer", "postgres");
    open(uri).close();
    try (Connection connection = TestServer.get().getDatabase("postgres", "newer").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO bits_layout VALUES(2)");
    }
    assertThatCode(DbError.TOO_NEW, () -> open(uri));
  }

  /// A rival's open transaction holds the position, so that the append is on the server when its
  /// backend is killed.
  @Test
  void append_backendKilledMeanwhile_isUnknownAndThenResolved() throws Exception {
    Storage storage = another();
    storage.append(database, 0, Digest.NONE, ONE, BYTES);
    Digest two = new Digest(Bytes.ofHex("02".repeat(32)));
    try (Rival rival = Rival.holding(database, 1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<AppendResult> append =
          threads.submit(() -> storage.append(database, 1, ONE, two, BYTES));
      rival.awaitBlockedAppend();
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'bits' AND wait_event_type = 'Lock'");
      assertThat(append.get()).isInstanceOf(Unknown.class);
      rival.rollback();
    }
    assertThat(storage.resolve(database, 1)).isEmpty();
    assertThat(storage.append(database, 1, ONE, two, BYTES)).isEqualTo(new Appended());
  }

  @Test
  void append_rivalCommitsMeanwhile_isTaken() throws Exception {
    Storage storage = another();
    storage.append(database, 0, Digest.NONE, ONE, BYTES);
    Digest two = new Digest(Bytes.ofHex("02".repeat(32)));
    try (Rival rival = Rival.holding(database, 1);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<AppendResult> append =
          threads.submit(() -> storage.append(database, 1, ONE, two, BYTES));
      rival.awaitBlockedAppend();
      rival.commit();
      assertThat(append.get()).isInstanceOf(Taken.class);
    }
  }

  @Row("RF-19")
  @Test
  void append_rivalHoldsPositionTooLong_isBusyAndNotThere() throws Exception {
    Storage storage = open(TestServer.uri() + "&timeoutMillis=300");
    storage.append(database, 0, Digest.NONE, ONE, BYTES);
    Digest two = new Digest(Bytes.ofHex("02".repeat(32)));
    try (Rival rival = Rival.holding(database, 1)) {
      assertThatCode(DbError.BUSY, () -> storage.append(database, 1, ONE, two, BYTES));
      rival.rollback();
    }
    assertThat(storage.resolve(database, 1)).isEmpty();
    storage.close();
  }

  @Row("A-09")
  @Test
  void anyCall_allBackendsKilled_worksAgain() throws Exception {
    Storage storage = another();
    storage.append(database, 0, Digest.NONE, ONE, BYTES);
    storage.head(database);
    Queue<Long> hints = heardBy(storage);
    hints.clear();
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bits'");
    assertThat(storage.head(database)).isZero();
    assertThat(storage.append(database, 1, ONE, ONE, BYTES)).isInstanceOf(Unknown.class);
    assertThat(storage.append(database, 1, ONE, ONE, BYTES)).isEqualTo(new Appended());
    Await.until("a hint to look after reconnecting", () -> hints.contains(-1L));
    Await.until(
        "notifications after reconnecting",
        () -> {
          storage.hint(database, 1);
          return hints.contains(1L);
        });
  }

  @Test
  void append_behindTheFirst_isToldToOthersByItself() {
    Storage other = another();
    other.append(database, 0, Digest.NONE, ONE, BYTES);
    Queue<Long> hints = heardBy(another());
    assertThat(other.append(database, 1, ONE, ONE, BYTES)).isEqualTo(new Appended());
    Await.until("the hint of the append", () -> hints.contains(1L));
  }

  /// Not every one of a burst is told of, but the last one is.
  @Test
  void append_manyInARow_othersHearOfTheLast() {
    Storage other = another();
    other.append(database, 0, Digest.NONE, ONE, BYTES);
    Queue<Long> hints = heardBy(another());
    for (long position = 1; position <= 50; position++) {
      assertThat(other.append(database, position, ONE, ONE, BYTES)).isEqualTo(new Appended());
      other.hint(database, position);
    }
    Await.until("the hint of the last append", () -> hints.contains(50L));
  }

  /// The positions of which a storage hears, from now until it is closed.
  private static Queue<Long> heardBy(Storage storage) {
    var hints = new ConcurrentLinkedQueue<Long>();
    Storage.Registration _ = storage.onHint((_, position) -> hints.add(position));
    Await.until("the listener", () -> "LISTEN".equals(storage.settings().get("hints")));
    return hints;
  }

  /// It is read on the connection that heard of it; what nobody wants, and what is not there, is
  /// told of.
  @Test
  void hint_ofAnEntryThatIsWanted_bringsItAsItLiesInTheLog() {
    Storage here = another();
    var told = new ConcurrentLinkedQueue<Long>();
    var given = new ConcurrentLinkedQueue<StoredEntry>();
    Storage.Registration _ =
        here.onHint(
            new Storage.HintListener() {
              @Override
              public void mayHaveGrown(@Nullable DatabaseId database, long position) {
                told.add(position);
              }

              @Override
              public boolean wants(DatabaseId database, long position) {
                return position > 0;
              }

              @Override
              public void hasGrown(DatabaseId of, StoredEntry entry) {
                assertThat(of).isEqualTo(database);
                given.add(entry);
              }
            });
    Await.until("the listener", () -> "LISTEN".equals(here.settings().get("hints")));
    Storage other = another();
    other.append(database, 0, Digest.NONE, ONE, BYTES);
    other.hint(database, 0);
    Await.until("told of what is not wanted", () -> told.contains(0L));
    other.append(database, 1, ONE, ONE, BYTES);
    other.hint(database, 1);
    Await.until("given what is wanted", () -> given.contains(new StoredEntry(1, ONE, BYTES)));
    other.hint(database, 2);
    Await.until("told of what is not there", () -> told.contains(2L));
    assertThat(given).containsOnly(new StoredEntry(1, ONE, BYTES));
    assertThat(told).doesNotContain(1L);
  }

  /// A listener that hangs in a transaction keeps the server's queue from being emptied.
  @Test
  void append_serverTakesNoMoreNotifications_isAppended() throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder().setServerConfig("max_notify_queue_pages", "64").start();
        Connection hanging = server.getPostgresDatabase().getConnection();
        Connection filling = server.getPostgresDatabase().getConnection();
        Statement listen = hanging.createStatement();
        Statement fill = filling.createStatement();
        Storage storage =
            open("bits:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres")) {
      storage.append(database, 0, Digest.NONE, ONE, BYTES);
      listen.execute("LISTEN hung");
      hanging.setAutoCommit(false);
      listen.execute("SELECT 1");
      assertThatThrownBy(
              () -> {
                while (true) {
                  fill.execute("SELECT pg_notify('hung', repeat('x', 7900))");
                }
              })
          .hasMessageContaining("NOTIFY queue");
      assertThat(storage.append(database, 1, ONE, ONE, BYTES)).isEqualTo(new Appended());
      assertThat(storage.head(database)).isEqualTo(1);
    }
  }

  @Test
  void connections_underLoad_areAtMostFourAndOneThatListens() throws Exception {
    execute("DROP DATABASE IF EXISTS crowded", "CREATE DATABASE crowded");
    try (Storage storage = open(TestServer.uri("crowded", "postgres"));
        var _ = storage.onHint((_, _) -> {});
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      storage.append(database, 0, Digest.NONE, ONE, BYTES);
      List<Future<Long>> heads = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        storage.hint(database, 0);
        heads.add(threads.submit(() -> storage.head(database)));
      }
      for (Future<Long> head : heads) {
        assertThat(head.get()).isZero();
      }
      Await.until("the listener", () -> "LISTEN".equals(storage.settings().get("hints")));
      assertThat(
              TestServer.count(
                  "SELECT count(*) FROM pg_stat_activity"
                      + " WHERE application_name = 'bits' AND datname = 'crowded'"))
          .isBetween(3L, 5L);
    }
  }

  @Test
  void uri_partsAndVariables_areRead() {
    PostgresServer server =
        PostgresServer.of(
            BitsUri.parse("bits:postgresql://[::1]:6543/data?db=x"),
            Map.of("PGUSER", "me", "PGPASSWORD", "hunter2")::get);
    assertThat(server.host()).isEqualTo("[::1]");
    assertThat(server.port()).isEqualTo(6543);
    assertThat(server.user()).isEqualTo("me");
    assertThat(server.password().text()).isEqualTo("hunter2");
    assertThat(server + server.jdbcUrl() + server.password()).doesNotContain("hunter2");
    assertThat(PostgresServer.of(BitsUri.parse("bits:postgresql://h/d?user=u"), _ -> null).port())
        .isEqualTo(5432);
  }

  @Test
  void uri_otherShape_isInvalid() {
    for (String uri :
        List.of(
            "bits:postgresql://host?user=u",
            "bits:postgresql:host/d?user=u",
            "bits:postgresql://u:secret@host/d?user=u",
            "bits:postgresql://host/d",
            "bits:postgresql://host/d?user=u&timeoutMillis=soon")) {
      assertThatCode(
          DbError.INVALID_URI,
          () -> {
            BitsUri parsed = BitsUri.parse(uri);
            PostgresServer.of(parsed, _ -> null);
            page.bits.storage.jdbc.shared.CallDeadlines.of(parsed);
          });
    }
  }
}
