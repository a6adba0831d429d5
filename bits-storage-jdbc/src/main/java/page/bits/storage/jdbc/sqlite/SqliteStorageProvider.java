/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.sqlite;

import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageProvider;
import page.bits.storage.jdbc.shared.CallDeadlines;

/// Opens `bits:sqlite:FILE`.
public final class SqliteStorageProvider implements StorageProvider {
  /// Called by the service loader.
  public SqliteStorageProvider() {}

  @Override
  public String scheme() {
    return "sqlite";
  }

  @Override
  public boolean createsByDefault() {
    return true;
  }

  @Override
  public Storage open(BitsUri uri, boolean create) {
    return SqliteStorage.open(SqliteFile.at(uri.location(), create), create, CallDeadlines.of(uri));
  }
}
