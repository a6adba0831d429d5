/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.AppendResult;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;
import page.bits.db.spi.HintListeners;
import page.bits.db.spi.StorageErrors;
import page.bits.db.spi.StoredEntry;
import page.bits.db.spi.Versioned;

/// What one name holds: logs, blobs and records, shared by every [MemoryStorage] of that name.
///
/// Thread-safe: every method holds the store's monitor, and none waits or calls out meanwhile.
final class MemoryStore {
  private final Map<DatabaseId, List<StoredEntry>> logs = new HashMap<>();
  private final Map<String, Bytes> blobs = new HashMap<>();
  private final TreeMap<String, Versioned> records = new TreeMap<>();
  private final HintListeners listeners = new HintListeners();

  HintListeners listeners() {
    return listeners;
  }

  synchronized AppendResult append(DatabaseId database, Digest previous, StoredEntry entry) {
    List<StoredEntry> log = logs.getOrDefault(database, List.of());
    long position = entry.position();
    if (position < log.size()) {
      return new AppendResult.Taken(log.get(Math.toIntExact(position)));
    }
    if (position > log.size() || (position > 0 && !log.getLast().digest().equals(previous))) {
      return new AppendResult.Forked();
    }
    logs.computeIfAbsent(database, _ -> new ArrayList<>()).add(entry);
    return new AppendResult.Appended();
  }

  synchronized List<StoredEntry> read(DatabaseId database, long fromPosition, int maxBytes) {
    List<StoredEntry> log = logs.getOrDefault(database, List.of());
    var entries = new ArrayList<StoredEntry>();
    long sizeBytes = 0;
    for (long p = fromPosition; p < log.size(); p++) {
      StoredEntry entry = log.get(Math.toIntExact(p));
      sizeBytes += entry.bytes().size();
      if (sizeBytes > maxBytes && !entries.isEmpty()) {
        break;
      }
      entries.add(entry);
    }
    return List.copyOf(entries);
  }

  synchronized Optional<StoredEntry> resolve(DatabaseId database, long position) {
    List<StoredEntry> log = logs.getOrDefault(database, List.of());
    return position < log.size()
        ? Optional.of(log.get(Math.toIntExact(position)))
        : Optional.empty();
  }

  synchronized long head(DatabaseId database) {
    return logs.getOrDefault(database, List.of()).size() - 1L;
  }

  synchronized boolean replace(DatabaseId database, StoredEntry entry) {
    boolean isThere =
        resolve(database, entry.position())
            .map(StoredEntry::digest)
            .filter(entry.digest()::equals)
            .isPresent();
    if (isThere) {
      logs.getOrDefault(database, List.of()).set(Math.toIntExact(entry.position()), entry);
    }
    return isThere;
  }

  synchronized void putBlob(String key, Bytes bytes) {
    Bytes before = blobs.putIfAbsent(key, bytes);
    if (before != null && !before.equals(bytes)) {
      throw StorageErrors.blobKeyReused(key);
    }
  }

  synchronized Optional<Bytes> getBlob(String key) {
    return Optional.ofNullable(blobs.get(key));
  }

  synchronized void deleteBlob(String key) {
    blobs.remove(key);
  }

  synchronized boolean compareAndSet(String key, long expectedVersion, @Nullable Bytes bytes) {
    Versioned now = records.get(key);
    if ((now == null ? 0 : now.version()) != expectedVersion) {
      return false;
    }
    if (bytes == null) {
      records.remove(key);
    } else {
      records.put(key, new Versioned(expectedVersion + 1, bytes));
    }
    return true;
  }

  synchronized Optional<Versioned> get(String key) {
    return Optional.ofNullable(records.get(key));
  }

  synchronized List<String> list(String prefix) {
    return records.tailMap(prefix, /* inclusive= */ true).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .toList();
  }
}
