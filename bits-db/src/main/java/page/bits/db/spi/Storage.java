/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One storage: a file, a server's database, or the memory of this JVM. Thread-safe; calls block,
/// each with a deadline of the storage's own (5 s unless configured).
///
/// A storage that cannot be reached throws category unavailable; only [#append] may end without
/// saying whether it took effect. Reads see everything that was acknowledged, by whomever, before
/// they began.
public interface Storage extends AutoCloseable {
  /// Puts the entry at `position` if nothing is there and the entry at `position - 1` has the
  /// digest `previous`, in one atomic and durable step. Position 0 has no predecessor: `previous`
  /// is [Digest#NONE] and is not looked for.
  ///
  /// An exception means that this call put nothing and never will: `:bits.error/busy` when a lock
  /// or connection could not be had before the deadline, `:bits.error/storage-unavailable` when the
  /// storage was not reached, `:bits.error/interrupted`, `:bits.error/closed`; all may be tried
  /// again. Everything less certain is answered with [AppendResult.Unknown].
  AppendResult append(
      DatabaseId database, long position, Digest previous, Digest digest, Bytes bytes);

  /// The entries from `fromPosition` on, in order, dense, as many as fit into `maxBytes` but at
  /// least one if there is any; a storage may answer fewer than fit. Empty means that nothing was
  /// there when the call began.
  List<StoredEntry> read(DatabaseId database, long fromPosition, int maxBytes);

  /// What lies at the position, or empty: for an append that did not say.
  Optional<StoredEntry> resolve(DatabaseId database, long position);

  /// The position of the newest entry; -1 when the database has none.
  long head(DatabaseId database);

  /// Replaces the bytes at `position` if the entry there has this digest, durably, and answers
  /// whether it did; position and digest stay, and no append finds the position free. For excision
  /// only: nothing else changes what lies in a log. It may be repeated; when it throws category
  /// unavailable, it may have taken effect.
  boolean replace(DatabaseId database, long position, Digest digest, Bytes bytes);

  /// Stores an immutable blob under a key that is never used again; storing the same bytes again
  /// changes nothing, so it may be repeated when it throws. Other bytes: `:bits.error/internal`.
  void putBlob(String key, Bytes bytes);

  Optional<Bytes> getBlob(String key);

  /// Removes a blob; nothing happens when there is none.
  void deleteBlob(String key);

  /// Replaces the record under `key` if its version is `expectedVersion` (0: it does not exist) and
  /// answers whether it did. Null bytes remove the record; made again, it counts from 1 again. When
  /// it throws category unavailable, it may have taken effect: whoever needs to know reads.
  boolean compareAndSet(String key, long expectedVersion, @Nullable Bytes bytes);

  Optional<Versioned> get(String key);

  /// The keys of records that begin with `prefix`, sorted as strings.
  List<String> list(String prefix);

  /// The records whose keys begin with `prefix`, sorted by key as a string: each as it was at some
  /// moment of this call. One query where the storage can.
  default SortedMap<String, Versioned> records(String prefix) {
    var records = new TreeMap<String, Versioned>();
    for (String key : list(prefix)) {
      get(key).ifPresent(record -> records.put(key, record));
    }
    return records;
  }

  /// Tells other processes that `position` was appended, unless the append has told them. May be
  /// lost, repeated or reordered; never fails.
  void hint(DatabaseId database, long position);

  /// Calls `listener` when a database of this storage may have grown, in this process (its own
  /// hints included) or elsewhere. The listener returns at once. Closing the registration ends the
  /// calls.
  Registration onHint(HintListener listener);

  /// The storage's clock.
  Instant now();

  /// What an operator wants to see: kind, version, durability settings. Never a password.
  Map<String, String> settings();

  @Override
  void close();

  /// Told that the log of a database may have grown; `position` is the newest known, or -1 when
  /// only "look" is known, in which case `database` may be null (any database).
  @FunctionalInterface
  interface HintListener {
    void mayHaveGrown(@Nullable DatabaseId database, long position);

    /// Whether a storage that can read the entry where it heard of it, before anybody else runs,
    /// should do so.
    default boolean wants(DatabaseId database, long position) {
      return false;
    }

    /// In place of [#mayHaveGrown], for who wants it: what a read that began after the hint found
    /// in the log.
    default void hasGrown(DatabaseId database, StoredEntry entry) {
      mayHaveGrown(database, entry.position());
    }
  }

  /// Ends a listener's calls when closed.
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
