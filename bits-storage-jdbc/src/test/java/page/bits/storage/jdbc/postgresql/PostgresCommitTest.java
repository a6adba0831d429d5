/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.util.UUID;
import page.bits.testkit.peer.CommitTck;

class PostgresCommitTest extends CommitTck {
  @Override
  protected String freshUri() {
    return TestServer.uri() + "&create=true&db=" + UUID.randomUUID();
  }

  @Override
  protected String elsewhere(String uri) {
    return uri.replace("//localhost:", "//127.0.0.1:");
  }
}
