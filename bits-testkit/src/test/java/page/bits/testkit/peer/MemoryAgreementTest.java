/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import java.time.Instant;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.Storage;

class MemoryAgreementTest extends AgreementTck {
  private final MemoryStorage root = MemoryStorage.unnamed(Instant::now);

  @Override
  protected Storage open() {
    return root.another();
  }
}
