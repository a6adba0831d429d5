/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.memory;

import java.time.InstantSource;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageProvider;

/// Opens `bits:mem:NAME`: the store of that name in this JVM.
public final class MemoryStorageProvider implements StorageProvider {
  @Override
  public String scheme() {
    return "mem";
  }

  @Override
  public boolean createsByDefault() {
    return true;
  }

  @Override
  public Storage open(BitsUri uri, boolean create) {
    return MemoryStorage.named(uri.location(), InstantSource.system());
  }
}
