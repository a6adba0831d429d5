/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.db.DbError;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.testkit.storage.StorageTck;

class SqliteStorageTest extends StorageTck {
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
