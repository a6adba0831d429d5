/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.log.v1.PartList;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.db.spi.Versioned;
import page.bits.error.BitsException;

/// The parts of the large entries of one database: blobs that are put before the entry that names
/// them. Thread-safe; every call goes to the storage.
///
/// Before the first part lies a record of what is meant: for which position and digest they are. It
/// goes when it is certain what lies at the position; where the writer died before, whoever next
/// writes a large entry finds the record, and deletes the parts if another entry took the position.
/// While nobody has it they stay: an append that nobody heard the end of may still arrive.
final class EntryParts {
  private static final String PREFIX = "parts/";

  private final Storage storage;
  private final DatabaseId database;

  EntryParts(Storage storage, DatabaseId database) {
    this.storage = storage;
    this.database = database;
  }

  /// Says what the parts of `set` will be for; before the first of them.
  void announce(UUID set, Entry entry, int count) {
    String text = entry.position() + " " + entry.digest() + " " + count;
    var _ =
        storage.compareAndSet(
            key(set), 0, Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII))); // or said before
  }

  void put(UUID set, int index, Bytes part) {
    storage.putBlob(key(set, index), part);
  }

  /// It is certain that the entry is in the log: its parts stay.
  void keep(UUID set) {
    storage.get(key(set)).ifPresent(said -> forget(key(set), said));
  }

  /// It is certain that the entry never comes into the log.
  void delete(UUID set, int count) {
    for (int i = 0; i < count; i++) {
      storage.deleteBlob(key(set, i));
    }
    keep(set);
  }

  private void forget(String key, Versioned said) {
    var _ = storage.compareAndSet(key, said.version(), null); // or somebody else did
  }

  /// Deletes what writers left that died between the parts and the end of their append, as far as
  /// that is certain by now.
  void sweep() {
    for (String key : storage.list(prefix())) {
      Optional<Versioned> said = storage.get(key);
      if (said.isPresent()) {
        sweep(key, said.get());
      }
    }
  }

  private void sweep(String key, Versioned said) {
    byte[] text = said.bytes().toArray();
    List<String> words = List.of(new String(text, StandardCharsets.US_ASCII).split(" ", -1));
    Optional<StoredEntry> there = storage.resolve(database, Long.parseLong(words.get(0)));
    if (there.isEmpty()) {
      return;
    }
    if (!there.get().digest().toString().equals(words.get(1))) {
      UUID set = UUID.fromString(key.substring(prefix().length()));
      delete(set, Integer.parseInt(words.get(2)));
    }
    forget(key, said);
  }

  /// How large the entry is that lies at a position.
  int sizeBytes(StoredEntry stored) {
    return PartList.isIn(stored)
        ? PartList.decode(database, stored).sizeBytes()
        : stored.bytes().size();
  }

  /// What lies at a position with all the bytes of the entry, put together where it lies in parts.
  StoredEntry whole(StoredEntry stored) {
    StoredEntry now = stored;
    while (PartList.isIn(now)) {
      PartList list = PartList.decode(database, now);
      var bytes = new byte[list.sizeBytes()];
      String wrong = fill(list, bytes);
      if (wrong == null) {
        return new StoredEntry(now.position(), now.digest(), Bytes.wrap(bytes));
      }
      StoredEntry before = now;
      now =
          storage
              .resolve(database, now.position())
              .filter(there -> !there.equals(before)) // replaced while we were reading
              .orElseThrow(() -> LogErrors.corrupt(database, before.position(), wrong, null));
    }
    return now;
  }

  /// Null when every part was there; else what was wrong.
  private @Nullable String fill(PartList list, byte[] whole) {
    int from = 0;
    for (int i = 0; i < list.parts().size(); i++) {
      Optional<Bytes> part = storage.getBlob(key(list.set(), i));
      if (part.isEmpty()) {
        return "part " + i + " is missing";
      }
      if (!list.isPart(i, part.get())) {
        return "part " + i + " has another digest";
      }
      part.get().asReadOnlyBuffer().get(whole, from, part.get().size());
      from += part.get().size();
    }
    return null;
  }

  /// As [#keep(UUID)] and [#delete(UUID, int)], where a storage that is away makes no difference:
  /// the record stays, and is looked at again.
  static void quietly(Runnable call) {
    try {
      call.run();
    } catch (BitsException _) {
      // it is garbage that somebody else may clear away
    }
  }

  private String prefix() {
    return PREFIX + database + "/";
  }

  private String key(UUID set) {
    return prefix() + set;
  }

  private String key(UUID set, int index) {
    return key(set) + "/" + index;
  }
}
