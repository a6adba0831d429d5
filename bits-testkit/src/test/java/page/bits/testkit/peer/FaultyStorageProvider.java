/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageProvider;
import page.bits.testkit.storage.Faults;
import page.bits.testkit.storage.FaultyStorage;

/// Opens `bits:faulty:NAME?user=PEER`: the memory of that name, through a view that misbehaves.
///
/// Each user is a peer of its own in this JVM, with faults of its own; all share what lies under
/// the name. The seed comes from the parameter `seed`.
public final class FaultyStorageProvider implements StorageProvider {
  private static final Map<String, View> VIEWS = new ConcurrentHashMap<>();

  /// What one peer sees: the faults it meets, and the memory that it reaches.
  record View(FaultyStorage faults, SwitchedStorage memory) {}

  /// The view that was last opened under this URI.
  static View view(String uri) {
    View view = VIEWS.get(BitsUri.parse(uri).storageKey());
    if (view == null) {
      throw new AssertionError("not open: " + uri);
    }
    return view;
  }

  @Override
  public String scheme() {
    return "faulty";
  }

  @Override
  public boolean createsByDefault() {
    return true;
  }

  @Override
  public Storage open(BitsUri uri, boolean create) {
    var memory = new SwitchedStorage(MemoryStorage.named("faulty " + uri.location(), Instant::now));
    long seed = Long.parseLong(uri.parameter("seed").orElse("1"));
    var faults = new FaultyStorage(memory.storage(), seed, Faults.none());
    VIEWS.put(uri.storageKey(), new View(faults, memory));
    return faults;
  }
}
