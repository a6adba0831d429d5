/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.db.Bits;
import page.bits.db.Connection;
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
}
