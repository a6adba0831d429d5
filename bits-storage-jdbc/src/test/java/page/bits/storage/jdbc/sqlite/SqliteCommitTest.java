/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import page.bits.testkit.peer.CommitTck;

class SqliteCommitTest extends CommitTck {
  @TempDir private static Path folder;

  @Override
  protected String freshUri() {
    return "bits:sqlite:" + folder.resolve(UUID.randomUUID() + ".db");
  }

  @Override
  protected String elsewhere(String uri) {
    return uri + "?user=elsewhere";
  }
}
