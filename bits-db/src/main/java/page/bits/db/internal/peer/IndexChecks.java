/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.spi.Bytes;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.Versioned;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;

/// Compares the index of this peer with those of others, every 1,000 positions: the first to pass
/// such a position publishes its fingerprint there, the others have to have the same.
///
/// Where two differ, the log says who is right: it is read anew up to there. A peer that is wrong
/// stops; one that is right corrects what was published and goes on, and as each looks once more at
/// the position before, the other stops at its next.
///
/// [#passed] only notes, under the lock of whoever applies; [#compare] goes to the storage. Records
/// of which some was excised are part of the key: a peer that applied them before the excision has
/// other facts than one that reads the log after it, and both are right.
final class IndexChecks {
  /// How many positions lie between two comparisons.
  static final long INTERVAL = 1000;

  private static final String PREFIX = "fingerprint/1/";
  private static final int KEPT = 16;

  /// Reads the log anew: answers the index right after a position, and shows every record up to it.
  @FunctionalInterface
  interface Afresh {
    MemoryIndex index(long position, Consumer<LogRecord> passed);
  }

  /// Tells apart by which records some was excised when they were read.
  private static final class Mark {
    private long value;

    void add(LogRecord record) {
      if (record.excisedBy().isPresent()) {
        value = value * 31 + record.t() * 17 + record.excisedBy().getAsLong();
      }
    }
  }

  private record Passed(long position, long excised, String fingerprint) {}

  private final Storage storage;
  private final DatabaseId database;
  private final Afresh afresh;
  private final ConcurrentLinkedDeque<Passed> passed = new ConcurrentLinkedDeque<>();
  private @Nullable Passed last;
  private final Mark mark = new Mark();

  IndexChecks(Storage storage, DatabaseId database, Afresh afresh) {
    this.storage = storage;
    this.database = database;
    this.afresh = afresh;
  }

  /// A record was applied; called in their order.
  void applied(LogRecord record) {
    mark.add(record);
  }

  /// The entry at a position was applied, which gave this index.
  void passed(long position, MemoryIndex index) {
    if (position % INTERVAL == 0) {
      passed.addLast(new Passed(position, mark.value, index.fingerprint()));
      if (passed.size() > KEPT) {
        passed.pollFirst(); // the storage was away for long
      }
    }
  }

  /// Publishes or compares what was passed since the last call. `:bits.error/index-diverged` when
  /// another peer had another index there, and the log says that ours is wrong.
  void compare() {
    for (Passed mine = passed.peekFirst(); mine != null; mine = passed.peekFirst()) {
      Passed before = last;
      if (before != null) {
        check(before, publishedOr(before));
      }
      check(mine, publishedOr(mine));
      last = mine;
      passed.pollFirst();
    }
  }

  private void check(Passed mine, String published) {
    if (published.equals(mine.fingerprint())) {
      return;
    }
    var now = new Mark();
    String right = afresh.index(mine.position(), now::add).fingerprint();
    if (now.value != mine.excised()) {
      return; // some was excised since this peer read it: the log has no answer any more
    }
    if (!right.equals(mine.fingerprint())) {
      throw PeerErrors.indexDiverged(
          database.toString(), mine.position(), right, mine.fingerprint());
    }
    replace(key(mine.position(), mine.excised()), bytes(right));
  }

  private String publishedOr(Passed mine) {
    String key = key(mine.position(), mine.excised());
    @Nullable String there = published(key);
    if (there != null) {
      return there;
    }
    if (mayPublish(key, mine.fingerprint())) {
      replace(key(mine.position() - KEPT * INTERVAL, mine.excised()), null);
      return mine.fingerprint();
    }
    @Nullable String faster = published(key);
    return faster == null ? mine.fingerprint() : faster;
  }

  /// False when another was faster, or when this account only reads.
  private boolean mayPublish(String key, String fingerprint) {
    try {
      return storage.compareAndSet(key, 0, bytes(fingerprint));
    } catch (BitsException e) {
      if (e.category() == ErrorCategory.FORBIDDEN) {
        return false;
      }
      throw e;
    }
  }

  private @Nullable String published(String key) {
    Optional<Versioned> there = storage.get(key);
    return there.map(record -> text(record.bytes())).orElse(null);
  }

  /// Puts other bytes in the place of what was published, or takes it away; unless somebody is
  /// faster.
  private void replace(String key, @Nullable Bytes bytes) {
    storage
        .get(key)
        .ifPresent(
            old -> {
              var _ = storage.compareAndSet(key, old.version(), bytes);
            });
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.US_ASCII);
  }

  private String key(long position, long mark) {
    return PREFIX + database + "/" + position + (mark == 0 ? "" : "/" + Long.toHexString(mark));
  }
}
