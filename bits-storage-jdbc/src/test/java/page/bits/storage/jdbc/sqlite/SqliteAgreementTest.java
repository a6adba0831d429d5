/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.testkit.peer.AgreementTck;

class SqliteAgreementTest extends AgreementTck {
  @TempDir private Path folder;

  @Override
  protected Storage open() {
    BitsUri uri = BitsUri.parse("bits:sqlite:" + folder.resolve("agreement.db"));
    return new SqliteStorageProvider().open(uri, /* create= */ true);
  }
}
