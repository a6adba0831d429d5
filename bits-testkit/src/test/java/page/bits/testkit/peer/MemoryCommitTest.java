/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import java.util.UUID;

class MemoryCommitTest extends CommitTck {
  @Override
  protected String freshUri() {
    return "bits:mem:" + UUID.randomUUID();
  }

  @Override
  protected String elsewhere(String uri) {
    return uri + "?user=elsewhere";
  }
}
