/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.conformance.Row;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.testkit.peer.ConnectionTck;

class SqliteConnectionTest extends ConnectionTck {
  private static final int REOPENINGS = 100;

  @TempDir private static Path folder;

  @Override
  protected String freshUri() {
    return "bits:sqlite:" + folder.resolve(UUID.randomUUID() + ".db");
  }

  @Test
  void connect_rightAfterTheLastOneClosed_waitsForItsLock() {
    String uri = freshUri();
    for (int i = 0; i < REOPENINGS; i++) {
      try (Connection connection = Bits.connect(uri)) {
        connection.transact("[]");
      }
    }
    try (Connection connection = Bits.connect(uri)) {
      assertThat(connection.status().headPosition()).isEqualTo(REOPENINGS);
    }
  }

  @Row("RA-04")
  @Test
  void connect_entryMissingInTheLog_isRefused() throws Exception {
    String uri = freshUri();
    try (Connection connection = Bits.connect(uri)) {
      for (int i = 0; i < 3; i++) {
        connection.transact("[]");
      }
    }
    String file = uri.substring("bits:sqlite:".length());
    try (var sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = sqlite.createStatement()) {
      String deleted = "DELETE FROM bits_log WHERE k = (SELECT max(k) - 1 FROM bits_log)";
      assertThat(statement.executeUpdate(deleted)).isOne();
    }
    BitsException refusal =
        catchThrowableOfType(BitsException.class, () -> Bits.connect(uri).close());
    assertThat(refusal.is(DbError.STORAGE_CORRUPT)).isTrue();
  }
}
