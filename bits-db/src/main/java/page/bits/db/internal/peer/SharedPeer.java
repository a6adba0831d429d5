/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;

/// The peers of this process by storage and database, and how many connections each has.
/// Thread-safe.
///
/// Two connections to one database are one peer; the last to close ends it, and the last peer of a
/// storage closes that.
public final class SharedPeer {
  private static final Map<String, SharedPeer> PEERS = new HashMap<>();

  private final String key;
  private final Peer peer;
  private final SharedStorage storage;
  private int connections;

  private SharedPeer(String key, Peer peer, SharedStorage storage) {
    this.key = key;
    this.peer = peer;
    this.storage = storage;
  }

  /// A connection more to the database that the URI names.
  public static PeerConnection connect(BitsUri uri) {
    synchronized (PEERS) {
      String key = uri.storageKey() + "#" + uri.databaseName();
      SharedPeer shared = PEERS.get(key);
      if (shared == null || shared.peer.isFailed()) {
        shared = open(uri, key);
        PEERS.put(key, shared);
      }
      shared.connections++;
      return new PeerConnection(uri, shared.peer, shared::release);
    }
  }

  private static SharedPeer open(BitsUri uri, String key) {
    boolean mayCreate = SharedStorage.mayCreate(uri);
    SharedStorage storage = SharedStorage.acquire(uri, mayCreate);
    try {
      var catalog = new Catalog(storage.storage(), SystemWorld.INSTANCE);
      Optional<DatabaseId> found = catalog.find(uri.databaseName());
      if (found.isEmpty() && !mayCreate) {
        throw PeerErrors.databaseNotFound(uri.databaseName(), uri.toString());
      }
      DatabaseId database = found.orElseGet(() -> catalog.create(uri.databaseName()).id());
      return new SharedPeer(
          key, Peer.open(database, storage.storage(), SystemWorld.INSTANCE), storage);
    } catch (RuntimeException e) {
      storage.release();
      throw e;
    }
  }

  private void release() {
    synchronized (PEERS) {
      connections--;
      if (connections > 0) {
        return;
      }
      PEERS.remove(key, this);
    }
    peer.close();
    storage.release();
  }

  /// Runs `use` with the storage that the URI names.
  public static <T> T withCatalog(
      BitsUri uri, boolean create, java.util.function.Function<Catalog, T> use) {
    SharedStorage shared = SharedStorage.acquire(uri, create);
    try {
      Storage storage = shared.storage();
      return use.apply(new Catalog(storage, SystemWorld.INSTANCE));
    } finally {
      shared.release();
    }
  }
}
