/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;

/// Which database a name means, read from the record that says so. Stateless.
public final class CatalogRecord {
  private static final int ID_BYTES = 36;

  private CatalogRecord() {}

  /// The database of that name, which is there.
  public static DatabaseId database(Storage storage, String name) {
    byte[] id = new byte[ID_BYTES];
    storage.get("catalog/" + name).orElseThrow().bytes().asReadOnlyBuffer().get(id);
    return new DatabaseId(UUID.fromString(new String(id, StandardCharsets.US_ASCII)));
  }
}
