/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.peer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;
import page.bits.testkit.storage.CatalogRecord;
import page.bits.testkit.storage.Faults;

/// Several peers of one database in this JVM, each with faults of its own.
final class FaultyPeers implements AutoCloseable {
  private final String name = UUID.randomUUID().toString();
  private final long seed;
  private final List<Connection> open = new ArrayList<>();

  FaultyPeers(long seed) {
    this.seed = seed;
  }

  private String uri(String peer) {
    return uri(name, peer);
  }

  private String uri(String memory, String peer) {
    return "bits:faulty:" + memory + "?user=" + peer + "&seed=" + (seed + peer.hashCode());
  }

  Connection connect(String peer) {
    return kept(Bits.connect(uri(peer)));
  }

  /// The peer of another database in the same storage.
  Connection connectToAnother(String peer, String database) {
    return kept(Bits.connect(uri(peer) + "&db=" + database));
  }

  /// A peer on other memory.
  Connection connect(String memory, String peer) {
    return kept(Bits.connect(uri(memory, peer)));
  }

  private Connection kept(Connection connection) {
    synchronized (open) {
      open.add(connection);
    }
    return connection;
  }

  void faults(String peer, Faults faults) {
    FaultyStorageProvider.view(uri(peer)).faults().faults(faults);
  }

  /// The storage of this peer answers nothing, or answers again.
  void silent(String peer, boolean isSilent) {
    FaultyStorageProvider.view(uri(peer)).faults().silent(isSilent);
  }

  /// This peer learns where the log ends, and no longer what lies there; or does again.
  void blind(String peer, boolean isBlind) {
    FaultyStorageProvider.view(uri(peer)).memory().blind(isBlind);
  }

  void deliverLate(String peer) {
    FaultyStorageProvider.view(uri(peer)).faults().deliverLate();
  }

  long injected(String peer) {
    return FaultyStorageProvider.view(uri(peer)).faults().injected();
  }

  /// The log as it lies in the memory.
  List<StoredEntry> entries() {
    return entriesOf(name);
  }

  List<StoredEntry> entriesOf(String memoryName) {
    MemoryStorage memory = memory(memoryName);
    return memory.read(CatalogRecord.database(memory, "main"), 0, Integer.MAX_VALUE);
  }

  /// New memory that holds only the first entries of this log, and its name.
  String copy(int entries) {
    MemoryStorage from = memory(name);
    DatabaseId database = CatalogRecord.database(from, "main");
    String copy = UUID.randomUUID().toString();
    MemoryStorage to = memory(copy);
    Digest previous = Digest.NONE;
    for (StoredEntry entry : entries().subList(0, entries)) {
      var _ = to.append(database, entry.position(), previous, entry.digest(), entry.bytes());
      previous = entry.digest();
    }
    var _ = to.compareAndSet("catalog/main", 0, from.get("catalog/main").orElseThrow().bytes());
    return copy;
  }

  /// Puts other memory under a live peer.
  void restore(String peer, String memory) {
    FaultyStorageProvider.view(uri(peer)).memory().switchTo(memory(memory));
  }

  private static MemoryStorage memory(String name) {
    return MemoryStorage.named("faulty " + name, Instant::now);
  }

  /// Asks again for as long as the storage is not there.
  static <T> T persist(Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (BitsException e) {
        if (e.category() != ErrorCategory.UNAVAILABLE) {
          throw e;
        }
      }
    }
  }

  /// The error that a future failed with.
  static BitsException bitsError(Exception failure) {
    if (failure.getCause() instanceof BitsException error) {
      return error;
    }
    throw new AssertionError("no error of Bits", failure);
  }

  @Override
  public void close() {
    synchronized (open) {
      open.forEach(Connection::close);
    }
  }
}
