/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import page.bits.db.Datom;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.schema.Birth;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Digest;

/// Makes an index from the log alone: gathers many entries before it builds, so that starting costs
/// one large merge and not many small ones. Confined to one thread.
final class Replay {
  private static final int DATOMS_AT_ONCE = 200_000;

  private final List<List<Datom>> transactions = new ArrayList<>();
  private final Consumer<LogRecord> applied;
  private final long lastPosition;
  private Head built;
  private long position;
  private Digest digest;
  private Counters counters;
  private int datoms;

  private Replay(Head start, Consumer<LogRecord> applied, long lastPosition) {
    this.applied = applied;
    this.lastPosition = lastPosition;
    this.built = start;
    this.position = start.position();
    this.digest = start.digest();
    this.counters = start.index().counters();
  }

  /// Reads from the birth to `lastPosition` (inclusive), or as far as there is anything; each
  /// record after the birth is told to `applied`.
  static Head of(
      DatabaseId database, LogReader log, Consumer<LogRecord> applied, long lastPosition) {
    List<Entry> entries = log.read(0);
    if (entries.isEmpty()) {
      throw LogErrors.forked(0, "the birth record is missing");
    }
    Entry birth = entries.getFirst();
    var start =
        new Head(0, birth.digest(), MemoryIndex.ofBirth(database, Birth.datoms(birth.level())));
    var replay = new Replay(start, applied, lastPosition);
    entries.subList(1, entries.size()).forEach(replay::add);
    while (!entries.isEmpty() && replay.position < lastPosition) {
      entries = log.read(replay.position + 1);
      entries.forEach(replay::add);
    }
    return replay.finish();
  }

  private void add(Entry entry) {
    if (entry.position() > lastPosition) {
      return;
    }
    checkNext(entry, position, digest);
    position = entry.position();
    digest = entry.digest();
    for (LogRecord record : entry.records()) {
      transactions.add(record.txData());
      datoms += record.txData().size();
      applied.accept(record);
      counters = record.counters();
    }
    if (datoms >= DATOMS_AT_ONCE) {
      build();
    }
  }

  private void build() {
    built = new Head(position, digest, built.index().settled().with(transactions, counters));
    transactions.clear();
    datoms = 0;
  }

  private Head finish() {
    build();
    return new Head(position, digest, built.index().settled());
  }

  /// Refuses an entry that does not follow on the one at this position with this digest.
  static void checkNext(Entry entry, long position, Digest digest) {
    if (entry.position() != position + 1) {
      throw LogErrors.forked(position + 1, "the log has a gap");
    }
    if (!entry.previous().equals(digest)) {
      throw LogErrors.forked(position, "the entry after names another predecessor");
    }
  }
}
