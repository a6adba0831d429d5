/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import page.bits.db.DbError;
import page.bits.db.spi.BitsUri;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;

/// The peers of this process by storage and database, and how many connections each has.
/// Thread-safe.
///
/// Two connections to one database are one peer; the last to close ends it, and the last peer of a
/// storage closes that.
public final class SharedPeer {
  private static final Map<String, CompletableFuture<SharedPeer>> PEERS = new ConcurrentHashMap<>();

  private final String key;
  private final Peer peer;
  private final SharedStorage storage;
  private int connections;
  private boolean isEnded;

  private SharedPeer(String key, Peer peer, SharedStorage storage) {
    this.key = key;
    this.peer = peer;
    this.storage = storage;
  }

  /// A connection more to the database that the URI names.
  public static PeerConnection connect(BitsUri uri) {
    String key = key(uri);
    while (true) {
      CompletableFuture<SharedPeer> mine = new CompletableFuture<>();
      CompletableFuture<SharedPeer> others = PEERS.putIfAbsent(key, mine);
      if (others == null) {
        openInto(uri, key, mine);
      }
      CompletableFuture<SharedPeer> first = others == null ? mine : others;
      Optional<SharedPeer> opened = awaited(first, /* isOurs= */ others == null);
      if (opened.isPresent() && opened.get().isCurrent(uri) && opened.get().hold()) {
        return connection(uri, opened.get());
      }
      PEERS.remove(key, first); // it failed, closed, or its database was deleted
    }
  }

  private static PeerConnection connection(BitsUri uri, SharedPeer held) {
    if (!uri.isReadOnly()) {
      held.peer.mayWrite();
    }
    return new PeerConnection(uri, held.peer, held::release);
  }

  private static String key(BitsUri uri) {
    return uri.storageKey() + "#" + uri.databaseName();
  }

  /// Opens without holding anything that other keys wait for: replaying a long log takes its time.
  private static void openInto(BitsUri uri, String key, CompletableFuture<SharedPeer> mine) {
    try {
      mine.complete(open(uri, key));
    } catch (RuntimeException | Error e) {
      PEERS.remove(key, mine);
      mine.completeExceptionally(e);
    }
  }

  /// The peer once it is open; empty when another thread opened it and was interrupted: that is not
  /// our end.
  private static Optional<SharedPeer> awaited(
      CompletableFuture<SharedPeer> opening, boolean isOurs) {
    try {
      return Optional.of(opening.get());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw PeerErrors.interrupted("another thread that connects");
    } catch (ExecutionException e) {
      BitsException why = e.getCause() instanceof BitsException own ? own : PeerErrors.internal(e);
      if (!isOurs && why.is(DbError.INTERRUPTED)) {
        return Optional.empty();
      }
      throw why;
    }
  }

  /// Whether the name still means the database of this peer; while the storage is away it is taken
  /// to.
  private boolean isCurrent(BitsUri uri) {
    if (peer.failure().isPresent()) {
      return false;
    }
    try {
      return new Catalog(storage.storage(), SystemWorld.INSTANCE)
          .find(uri.databaseName())
          .map(peer.database()::equals)
          .orElse(false);
    } catch (BitsException e) {
      return e.category() == ErrorCategory.UNAVAILABLE;
    }
  }

  private synchronized boolean hold() {
    if (isEnded) {
      return false;
    }
    connections++;
    return true;
  }

  /// Takes the database out of the catalog and stops its peer here; false when there is none.
  public static boolean delete(BitsUri uri) {
    boolean isDeleted =
        withCatalog(uri, /* create= */ false, catalog -> catalog.delete(uri.databaseName()));
    CompletableFuture<SharedPeer> opened = PEERS.remove(key(uri));
    if (isDeleted && opened != null && opened.isDone() && !opened.isCompletedExceptionally()) {
      opened.join().peer.fail(PeerErrors.databaseNotFound(uri.databaseName(), uri.toString()));
    }
    return isDeleted;
  }

  private static SharedPeer open(BitsUri uri, String key) {
    boolean mayCreate = SharedStorage.mayCreate(uri);
    SharedStorage storage = SharedStorage.acquire(uri, mayCreate);
    try {
      Peer peer =
          open(
              uri,
              storage.storage(),
              SystemWorld.INSTANCE,
              Deadlines.SYSTEM,
              storage.processes(),
              mayCreate);
      return new SharedPeer(key, peer, storage);
    } catch (RuntimeException e) {
      storage.release();
      throw e;
    }
  }

  /// A connection to a peer that shares nothing with others of this process: storage, time, chance
  /// and threads are the caller's. Closing it ends the peer and leaves the storage open.
  public static PeerConnection connectAlone(BitsUri uri, Storage storage, World world) {
    boolean mayCreate = !uri.isReadOnly();
    var processes = new Processes(storage, world);
    Peer peer = open(uri, storage, world, new Deadlines(world), processes, mayCreate);
    if (mayCreate) {
      peer.mayWrite();
    }
    return new PeerConnection(
        uri,
        peer,
        () -> {
          peer.close();
          processes.close();
        });
  }

  private static Peer open(
      BitsUri uri,
      Storage storage,
      World world,
      Deadlines deadlines,
      Processes processes,
      boolean mayCreate) {
    var catalog = new Catalog(storage, world);
    Optional<DatabaseId> found = catalog.find(uri.databaseName());
    if (found.isEmpty() && !mayCreate) {
      throw PeerErrors.databaseNotFound(uri.databaseName(), uri.toString());
    }
    DatabaseId database = found.orElseGet(() -> catalog.create(uri.databaseName()).id());
    return Peer.open(
        database, storage, world, deadlines, processes, () -> checkNamed(catalog, uri, database));
  }

  private static void checkNamed(Catalog catalog, BitsUri uri, DatabaseId database) {
    if (!catalog.find(uri.databaseName()).equals(Optional.of(database))) {
      throw PeerErrors.databaseNotFound(uri.databaseName(), uri.toString());
    }
  }

  private void release() {
    synchronized (this) {
      connections--;
      if (connections > 0) {
        return;
      }
      isEnded = true;
    }
    PEERS.computeIfPresent(
        key, (_, opened) -> opened.isDone() && opened.getNow(this) == this ? null : opened);
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
