/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import page.bits.db.DbError;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageProvider;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The storages that this process has open, by URI, and how many use each. Thread-safe.
final class SharedStorage {
  private static final Map<String, SharedStorage> OPEN = new HashMap<>();

  /// Schemes that have their name and their design, and no module yet.
  private static final Set<String> PLANNED = Set.of("mariadb", "dynamodb", "cassandra");

  private final String key;
  private final Storage storage;
  private final Processes processes;
  private int users;

  private SharedStorage(String key, Storage storage) {
    this.key = key;
    this.storage = storage;
    this.processes = new Processes(storage, SystemWorld.INSTANCE);
  }

  static SharedStorage acquire(BitsUri uri, boolean create) {
    synchronized (OPEN) {
      SharedStorage shared = OPEN.get(uri.storageKey());
      if (shared == null) {
        shared = new SharedStorage(uri.storageKey(), provider(uri).open(uri, create));
        OPEN.put(uri.storageKey(), shared);
      }
      shared.users++;
      return shared;
    }
  }

  Storage storage() {
    return storage;
  }

  Processes processes() {
    return processes;
  }

  void release() {
    synchronized (OPEN) {
      users--;
      if (users > 0) {
        return;
      }
      OPEN.remove(key, this);
    }
    processes.close();
    storage.close();
  }

  /// Whether connecting makes what is missing: where the storage does so by itself, or
  /// `?create=true` asks for it; never to read only.
  static boolean mayCreate(BitsUri uri) {
    return !uri.isReadOnly() && isMade(uri);
  }

  private static boolean isMade(BitsUri uri) {
    return uri.parameter("create")
        .map(Boolean::parseBoolean)
        .orElseGet(() -> provider(uri).createsByDefault());
  }

  private static StorageProvider provider(BitsUri uri) {
    var known = new TreeSet<String>();
    for (StorageProvider provider :
        ServiceLoader.load(StorageProvider.class, SharedStorage.class.getClassLoader())) {
      if (provider.scheme().equals(uri.scheme())) {
        return provider;
      }
      known.add(provider.scheme());
    }
    if (PLANNED.contains(uri.scheme())) {
      throw new BitsException(
          DbError.UNSUPPORTED,
          "Bits does not do this yet",
          ErrorData.of("what", "the storage " + uri.scheme())
              .and("known", String.join(", ", known))
              .and("remedy", "use a known scheme"));
    }
    throw new BitsException(
        DbError.UNKNOWN_STORAGE,
        "No storage here has this scheme",
        ErrorData.of("scheme", uri.scheme())
            .and("known", String.join(", ", known))
            .and("remedy", "use a known scheme, or put the storage's module on the class path"));
  }
}
