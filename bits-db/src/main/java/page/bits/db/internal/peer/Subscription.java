/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import page.bits.db.Cursor;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.spi.Digest;

/// A cursor into the log of one peer, moved by its reader.
///
/// It holds at most one chunk of entries: recent ones come from the peer's window, older ones from
/// the storage. A second reader waits for the first.
final class Subscription implements TxReports {
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Peer peer;
  private final Runnable whenClosed;
  private final ReentrantLock reading = new ReentrantLock();
  private final ArrayDeque<AppliedEntry> chunk = new ArrayDeque<>();
  private long nextPosition;
  private int nextRecord;
  private Digest before;
  private volatile Cursor cursor;
  private volatile boolean isClosed;

  /// Reads from record `nextRecord` of the entry at `nextPosition` on. `before` is the digest of
  /// the entry before that one.
  Subscription(
      Peer peer,
      long nextPosition,
      int nextRecord,
      Digest before,
      Cursor cursor,
      Runnable whenClosed) {
    this.peer = peer;
    this.nextPosition = nextPosition;
    this.nextRecord = nextRecord;
    this.before = before;
    this.cursor = cursor;
    this.whenClosed = whenClosed;
  }

  @Override
  public TxReport take() {
    return poll(FOR_EVER).orElseThrow(() -> PeerErrors.closed("subscription"));
  }

  @Override
  public Optional<TxReport> poll(Duration atMost) {
    long deadline = Deadlines.after(peer.world().nanos(), atMost);
    lock();
    try {
      while (true) {
        checkOpen();
        AppliedEntry entry = current();
        if (entry == null) {
          boolean hasCome = peer.awaitReportable(nextPosition, deadline, () -> isClosed);
          checkOpen();
          if (!hasCome) {
            return Optional.empty();
          }
        } else if (nextRecord < entry.entry().records().size()) {
          checkContinues(entry.entry());
          TxReport report = entry.report(nextRecord++);
          cursor = report.cursor();
          return Optional.of(report);
        } else {
          before = entry.entry().digest();
          chunk.poll();
          nextPosition++;
          nextRecord = 0;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw PeerErrors.interrupted("transaction report");
    } finally {
      reading.unlock();
    }
  }

  private void lock() {
    try {
      reading.lockInterruptibly();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw PeerErrors.interrupted("transaction report");
    }
  }

  private void checkOpen() {
    if (isClosed) {
      throw PeerErrors.closed("subscription");
    }
    peer.checkUsable();
  }

  /// The log may have been replaced between the moment that the cursor was found in it and now,
  /// under a peer that had not seen what was lost.
  private void checkContinues(Entry entry) {
    if (!entry.cursorBefore(nextRecord).equals(cursor)) {
      throw LogErrors.unknownCursor(cursor.toString());
    }
  }

  /// The entry at the next position; null while it is not there yet.
  private @Nullable AppliedEntry current() {
    if (nextPosition > peer.reportable()) {
      return null;
    }
    AppliedEntry buffered = chunk.peek();
    if (buffered != null) {
      return buffered;
    }
    Optional<AppliedEntry> recent = peer.recent(nextPosition);
    if (recent.isPresent()) {
      chunk.add(recent.get());
    } else {
      fetch();
    }
    return chunk.peek();
  }

  private void fetch() {
    Head head = peer.head();
    Digest last = before;
    for (Entry entry : peer.readApplied(nextPosition)) {
      if (!entry.previous().equals(last)) {
        throw LogErrors.forked(entry.position() - 1, "the entry after names another predecessor");
      }
      if (entry.position() <= head.position()) {
        chunk.add(new AppliedEntry(entry, head.index()));
      }
      last = entry.digest();
    }
  }

  @Override
  public Cursor cursor() {
    return cursor;
  }

  @Override
  public Iterator<TxReport> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public TxReport next() {
        return take();
      }
    };
  }

  @Override
  public void close() {
    isClosed = true;
    peer.signalMoved();
    whenClosed.run();
  }
}
