/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageProvider;
import page.bits.storage.jdbc.shared.CallDeadlines;

/// Opens `bits:postgresql://HOST:PORT/DATABASE?user=…`.
public final class PostgresStorageProvider implements StorageProvider {
  /// Called by the service loader.
  public PostgresStorageProvider() {}

  @Override
  public String scheme() {
    return "postgresql";
  }

  @Override
  public boolean createsByDefault() {
    return false;
  }

  @Override
  public Storage open(BitsUri uri, boolean create) {
    return PostgresStorage.open(
        PostgresServer.of(uri, System::getenv), create, CallDeadlines.of(uri));
  }
}
