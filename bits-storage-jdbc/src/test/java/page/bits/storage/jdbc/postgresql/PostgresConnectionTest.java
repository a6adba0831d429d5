/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.util.UUID;
import page.bits.testkit.peer.ConnectionTck;

class PostgresConnectionTest extends ConnectionTck {
  @Override
  protected String freshUri() {
    return TestServer.uri() + "&create=true&db=" + UUID.randomUUID();
  }
}
