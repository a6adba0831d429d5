/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import page.bits.db.Log;
import page.bits.db.internal.index.IndexView;
import page.bits.db.internal.index.Recording;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.internal.value.TimePoint;

/// The log of a peer's database, up to the head at the time of asking.
final class PeerLog implements Log {
  private final Peer peer;

  PeerLog(Peer peer) {
    this.peer = peer;
  }

  @Override
  public Iterable<LoggedTx> txRange(@Nullable Object start, @Nullable Object end) {
    IndexView now = IndexView.now(peer.head().index());
    long fromT = start == null ? 0 : TimePoint.from(now, start);
    long toT = end == null ? Long.MAX_VALUE : TimePoint.from(now, end);
    return () -> {
      if (Recording.isActive()) {
        throw PeerErrors.unrecordedRead();
      }
      return new RangeIterator(fromT, toT);
    };
  }

  private final class RangeIterator implements Iterator<LoggedTx> {
    private final long fromT;
    private final long toT;
    private final long lastPosition = peer.head().position();
    private final ArrayDeque<LogRecord> records = new ArrayDeque<>();
    private long nextPosition;

    RangeIterator(long fromT, long toT) {
      this.fromT = fromT;
      this.toT = toT;
      this.nextPosition =
          peer.log()
              .firstReaching(fromT, lastPosition)
              .map(Entry::position)
              .orElse(lastPosition + 1);
    }

    @Override
    public boolean hasNext() {
      while (records.isEmpty() && nextPosition <= lastPosition) {
        for (Entry entry : peer.readApplied(nextPosition)) {
          entry.records().stream().filter(record -> record.t() >= fromT).forEach(records::add);
          nextPosition = entry.position() + 1;
        }
      }
      return !records.isEmpty() && records.peek().t() < toT;
    }

    @Override
    public LoggedTx next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      LogRecord record = records.remove();
      return new LoggedTx(record.t(), record.datoms());
    }
  }
}
