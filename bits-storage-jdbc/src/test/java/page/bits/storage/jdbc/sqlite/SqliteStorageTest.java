/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.conformance.Row;
import page.bits.db.DbError;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.testkit.storage.ChainWriter;
import page.bits.testkit.storage.StorageTck;

class SqliteStorageTest extends StorageTck {
  private static final int OPENERS = 4;

  @TempDir private Path folder;

  @Override
  protected Storage open() {
    return open(folder.resolve("bits.db"), /* create= */ true);
  }

  private static Storage open(Path file, boolean create) {
    return new SqliteStorageProvider().open(BitsUri.parse("bits:sqlite:" + file), create);
  }

  @Test
  void open_settings_areDurable() {
    assertThat(another().settings())
        .containsEntry("journalMode", "wal")
        .containsEntry("synchronous", "full");
  }

  @Test
  void open_missingFileWithoutCreate_isNotFound() {
    Path missing = folder.resolve("missing.db");
    assertThatCode(DbError.STORAGE_NOT_FOUND, () -> open(missing, /* create= */ false));
    assertThat(missing).doesNotExist();
  }

  @Test
  void open_missingFolder_isNotFound() {
    Path missing = folder.resolve("nowhere").resolve("bits.db");
    assertThatCode(DbError.STORAGE_NOT_FOUND, () -> open(missing, /* create= */ true));
  }

  @Test
  void open_fileThatIsNotSqlite_isCorrupt() throws Exception {
    Path text = Files.writeString(folder.resolve("text.db"), "not a database ".repeat(100));
    assertThatCode(DbError.STORAGE_CORRUPT, () -> open(text, /* create= */ true));
    assertThat(text).content().startsWith("not a database");
  }

  @Test
  void open_databaseOfAnotherApplication_isRefusedAndUntouched() throws Exception {
    Path other = folder.resolve("other.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + other);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE theirs(x)");
    }
    byte[] before = Files.readAllBytes(other);
    assertThatCode(DbError.STORAGE_REFUSED, () -> open(other, /* create= */ true));
    assertThat(other).hasBinaryContent(before);
  }

  /// Two nodes that are started at once on a file that is not there yet, a hundred times.
  @Test
  void open_newFileByManyAtOnce_isOpenToAll() throws Exception {
    for (int round = 0; round < 100; round++) {
      Path file = folder.resolve("new-" + round + ".db");
      var gate = new CyclicBarrier(OPENERS);
      try (var threads = Executors.newFixedThreadPool(OPENERS)) {
        List<Future<Storage>> openers =
            IntStream.range(0, OPENERS)
                .mapToObj(
                    _ ->
                        threads.submit(
                            () -> {
                              gate.await();
                              return open(file, /* create= */ true);
                            }))
                .toList();
        for (Future<Storage> opener : openers) {
          opener.get().close();
        }
      }
    }
  }

  @Test
  void open_newerLayout_isTooNew() throws Exception {
    Path file = folder.resolve("newer.db");
    open(file, /* create= */ true).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version=2");
    }
    assertThatCode(DbError.TOO_NEW, () -> open(file, /* create= */ true));
  }

  @Test
  void open_folder_isRefused() {
    assertThatCode(DbError.STORAGE_REFUSED, () -> open(folder, /* create= */ true));
  }

  @Row("RF-19")
  @Test
  void append_fileLockedBeyondDeadline_isBusyAndNotThere() throws Exception {
    Path file = folder.resolve("bits.db");
    DatabaseId database = new DatabaseId(UUID.randomUUID());
    try (Storage storage =
            new SqliteStorageProvider()
                .open(BitsUri.parse("bits:sqlite:" + file + "?timeoutMillis=200"), true);
        var rival = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = rival.createStatement()) {
      var log = new ChainWriter(storage, database);
      StoredEntry birth = log.append("birth");
      statement.execute("BEGIN IMMEDIATE");
      assertThatCode(
          DbError.BUSY, () -> log.append(1, birth.digest(), ChainWriter.bytes("while locked")));
      statement.execute("ROLLBACK");
      assertThat(storage.head(database)).isZero();
      log.append("afterwards");
    }
  }

  @Test
  void append_interruptedWhileLocked_isInterruptedAndNotThere() throws Exception {
    DatabaseId database = new DatabaseId(UUID.randomUUID());
    Storage storage = another();
    var log = new ChainWriter(storage, database);
    StoredEntry birth = log.append("birth");
    try (var rival = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bits.db"));
        var statement = rival.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Thread.currentThread().interrupt();
      assertThatCode(
          DbError.INTERRUPTED, () -> log.append(1, birth.digest(), ChainWriter.bytes("x")));
      assertThat(Thread.interrupted()).isTrue();
      statement.execute("ROLLBACK");
    }
    assertThat(storage.head(database)).isZero();
  }

  /// A file that may not grow stands for a full disk: the outcome is unknown, and the storage works
  /// again when there is room.
  @Test
  void append_diskFull_isUnknownAndThenResolved() throws Exception {
    SqliteFile file = SqliteFile.at(folder.resolve("full.db").toString(), /* create= */ true);
    DatabaseId database = new DatabaseId(UUID.randomUUID());
    try (SqliteStorage storage =
        SqliteStorage.open(file, /* create= */ true, Duration.ofSeconds(5))) {
      var log = new ChainWriter(storage, database);
      StoredEntry birth = log.append("birth");
      storage.onWriter("PRAGMA max_page_count=1");
      Bytes big = Bytes.wrap(new byte[1 << 20]);
      AppendResult result = log.append(1, birth.digest(), big);
      assertThat(result).isInstanceOf(AppendResult.Unknown.class);
      assertThat(storage.resolve(database, 1)).isEmpty();
      assertThat(log.append(1, birth.digest(), big)).isEqualTo(new AppendResult.Appended());
    }
  }

  @Test
  void fileSystem_ofNetwork_isKnown() {
    assertThat(SqliteFile.isNetwork("nfs4")).isTrue();
    assertThat(SqliteFile.isNetwork("cifs")).isTrue();
    assertThat(SqliteFile.isNetwork("fuse.sshfs")).isTrue();
    assertThat(SqliteFile.isNetwork("ext4")).isFalse();
    assertThat(SqliteFile.isNetwork("fuseblk")).isFalse();
  }

  @Test
  void version_compared_asNumbers() {
    assertThat(SqliteSessions.isAtLeast("3.51.3", "3.51.3")).isTrue();
    assertThat(SqliteSessions.isAtLeast("3.100.0", "3.51.3")).isTrue();
    assertThat(SqliteSessions.isAtLeast("3.51.2", "3.51.3")).isFalse();
  }
}
