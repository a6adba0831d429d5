/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StorageErrors;
import page.bits.db.spi.StoredEntry;
import page.bits.db.spi.Versioned;

/// A storage in the memory of this JVM: one user's view of what lies under a name.
///
/// Thread-safe; no call waits. Closing it ends this view and its listeners; what was stored stays
/// until the JVM ends, so opening the name again finds it.
public final class MemoryStorage implements Storage {
  private static final Map<String, MemoryStore> BY_NAME = new ConcurrentHashMap<>();

  private final String name;
  private final MemoryStore store;
  private final InstantSource clock;
  private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private MemoryStorage(String name, MemoryStore store, InstantSource clock) {
    this.name = name;
    this.store = store;
    this.clock = clock;
  }

  /// A view of the store of that name, which is made when it is new.
  public static MemoryStorage named(String name, InstantSource clock) {
    return new MemoryStorage(name, BY_NAME.computeIfAbsent(name, _ -> new MemoryStore()), clock);
  }

  /// A store that has no name and is reached only through this view and [#another()].
  public static MemoryStorage unnamed(InstantSource clock) {
    return new MemoryStorage("", new MemoryStore(), clock);
  }

  /// A second view of the same store, closed on its own.
  public MemoryStorage another() {
    return new MemoryStorage(name, store, clock);
  }

  private MemoryStore open() {
    if (closed) {
      throw StorageErrors.closed();
    }
    return store;
  }

  @Override
  public AppendResult append(
      DatabaseId database, long position, Digest previous, Digest digest, Bytes bytes) {
    return open().append(database, previous, new StoredEntry(position, digest, bytes));
  }

  @Override
  public List<StoredEntry> read(DatabaseId database, long fromPosition, int maxBytes) {
    return open().read(database, fromPosition, maxBytes);
  }

  @Override
  public Optional<StoredEntry> resolve(DatabaseId database, long position) {
    return open().resolve(database, position);
  }

  @Override
  public long head(DatabaseId database) {
    return open().head(database);
  }

  @Override
  public boolean replace(DatabaseId database, long position, Digest digest, Bytes bytes) {
    return open().replace(database, new StoredEntry(position, digest, bytes));
  }

  @Override
  public void putBlob(String key, Bytes bytes) {
    open().putBlob(key, bytes);
  }

  @Override
  public Optional<Bytes> getBlob(String key) {
    return open().getBlob(key);
  }

  @Override
  public void deleteBlob(String key) {
    open().deleteBlob(key);
  }

  @Override
  public boolean compareAndSet(String key, long expectedVersion, @Nullable Bytes bytes) {
    return open().compareAndSet(key, expectedVersion, bytes);
  }

  @Override
  public Optional<Versioned> get(String key) {
    return open().get(key);
  }

  @Override
  public List<String> list(String prefix) {
    return open().list(prefix);
  }

  @Override
  public void hint(DatabaseId database, long position) {
    if (!closed) {
      store.listeners().tell(database, position);
    }
  }

  @Override
  public Registration onHint(HintListener listener) {
    Registration registration = open().listeners().add(listener);
    registrations.add(registration);
    return () -> {
      registration.close();
      registrations.remove(registration);
    };
  }

  @Override
  public Instant now() {
    open();
    return clock.instant();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("kind", "memory", "durable", "no");
  }

  @Override
  public void close() {
    closed = true;
    registrations.forEach(Registration::close);
    registrations.clear();
  }
}
