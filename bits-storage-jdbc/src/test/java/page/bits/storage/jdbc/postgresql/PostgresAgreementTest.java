/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.testkit.peer.AgreementTck;

class PostgresAgreementTest extends AgreementTck {
  @Override
  protected Storage open() {
    return new PostgresStorageProvider().open(BitsUri.parse(TestServer.uri()), /* create= */ true);
  }
}
