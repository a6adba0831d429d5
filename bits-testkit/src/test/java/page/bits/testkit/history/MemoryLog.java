/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.time.Instant;
import java.util.function.Consumer;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.testkit.storage.CatalogRecord;

/// The log of the main database of a memory storage, as it lies there. Thread-safe.
final class MemoryLog implements LogSource {
  private final MemoryStorage storage;
  private final DatabaseId database;

  MemoryLog(String name) {
    storage = MemoryStorage.named(name, Instant::now);
    database = CatalogRecord.database(storage, "main");
  }

  MemoryStorage storage() {
    return storage;
  }

  DatabaseId database() {
    return database;
  }

  @Override
  public void read(Consumer<RawEntry> reader) {
    storage
        .read(database, 0, Integer.MAX_VALUE)
        .forEach(
            entry ->
                reader.accept(
                    new RawEntry(
                        entry.position(),
                        entry.digest().bytes().toArray(),
                        entry.bytes().toArray())));
  }

  @Override
  public byte[] blob(String key) {
    return storage.getBlob(key).map(Bytes::toArray).orElse(new byte[0]);
  }
}
