/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.log.v1.EntryCodec;
import page.bits.db.internal.log.v1.PartList;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;

/// Reads and checks entries of one log. Thread-safe; every call goes to the storage.
final class LogReader {
  /// How much one read fetches at most.
  static final int CHUNK_BYTES_MAX = 256 * 1024;

  private final Storage storage;
  private final DatabaseId database;
  private final EntryParts parts;

  LogReader(Storage storage, DatabaseId database) {
    this.storage = storage;
    this.database = database;
    this.parts = new EntryParts(storage, database);
  }

  /// What one read brought. Where it `isLarge` there may well be more; otherwise that was all, but
  /// for a large entry that did not fit.
  record Chunk(List<Entry> entries, boolean isLarge) {}

  /// The entries from a position on, in order, at most a chunk but at least one; empty when nothing
  /// is there. What is held at once is a chunk, or one larger entry.
  List<Entry> read(long fromPosition) {
    return chunk(fromPosition).entries();
  }

  /// The same, and whether to expect more.
  Chunk chunk(long fromPosition) {
    List<StoredEntry> stored = storage.read(database, fromPosition, CHUNK_BYTES_MAX);
    var entries = new ArrayList<Entry>(stored.size());
    int sizeBytes = 0;
    for (StoredEntry row : stored) {
      sizeBytes += parts.sizeBytes(row);
      if (sizeBytes > CHUNK_BYTES_MAX && !entries.isEmpty()) {
        break;
      }
      entries.add(decode(row));
    }
    return new Chunk(entries, sizeBytes > CHUNK_BYTES_MAX / 2);
  }

  /// The same from a position at which there was an entry; `:bits.error/log-forked` when there is
  /// none any more.
  List<Entry> readFurther(long fromPosition) {
    List<Entry> entries = read(fromPosition);
    if (entries.isEmpty()) {
      throw missing(fromPosition);
    }
    return entries;
  }

  private static BitsException missing(long position) {
    return LogErrors.forked(position, "an entry is missing");
  }

  /// Whether decoding it takes further reads.
  boolean isInParts(StoredEntry stored) {
    return PartList.isIn(stored);
  }

  /// The entry, unless it makes the database one of a format level beyond this build's.
  Entry decode(StoredEntry stored) {
    Entry entry = EntryCodec.decode(database, parts.whole(stored));
    for (LogRecord record : entry.records()) {
      FormatLevel.check(entry.position(), record.datoms());
    }
    return entry;
  }

  long headPosition() {
    return storage.head(database);
  }

  /// The first entry, up to `lastPosition`, whose newest t is `t` or more: the one that holds t if
  /// any does.
  Optional<Entry> firstReaching(long t, long lastPosition) {
    long low = 0;
    long high = lastPosition;
    Optional<Entry> found = Optional.empty();
    while (low <= high) {
      long middle = (low + high) >>> 1;
      Entry entry = at(middle);
      if (entry.lastT() >= t) {
        found = Optional.of(entry);
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return found;
  }

  private Entry at(long position) {
    return storage
        .resolve(database, position)
        .map(this::decode)
        .orElseThrow(() -> missing(position));
  }
}
