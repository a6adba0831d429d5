/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import java.util.UUID;

class MemoryConnectionTest extends ConnectionTck {
  @Override
  protected String freshUri() {
    return "bits:mem:" + UUID.randomUUID();
  }
}
