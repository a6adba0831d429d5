/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import page.bits.conformance.Row;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageProvider;

class MemoryStorageTest extends StorageTck {
  private final MemoryStorage root = MemoryStorage.unnamed(Instant::now);

  @Override
  protected Storage open() {
    return root.another();
  }

  @Row("A-29")
  @Test
  void provider_sameName_opensSameStore() {
    StorageProvider provider =
        ServiceLoader.load(StorageProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.scheme().equals("mem"))
            .findFirst()
            .orElseThrow();
    try (Storage first = provider.open(BitsUri.parse("bits:mem:tck"), /* create= */ true);
        Storage second = provider.open(BitsUri.parse("bits:mem:tck"), /* create= */ true);
        Storage other = provider.open(BitsUri.parse("bits:mem:other"), /* create= */ true)) {
      first.compareAndSet("key", 0, ChainWriter.bytes("value"));
      assertThat(second.get("key")).isPresent();
      assertThat(other.get("key")).isEmpty();
    }
  }

  @Test
  void now_isTheGivenClock() {
    Instant then = Instant.parse("2026-01-02T03:04:05Z");
    try (Storage storage = MemoryStorage.unnamed(() -> then)) {
      assertThat(storage.now()).isEqualTo(then);
    }
  }
}
