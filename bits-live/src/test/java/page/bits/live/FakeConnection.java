/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.DbError;
import page.bits.db.Log;
import page.bits.db.Outcome;
import page.bits.db.Partition;
import page.bits.db.Session;
import page.bits.db.Status;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// A connection of a node, whose log a test writes: [#put(long, long, long)] commits, and [#hold()]
/// keeps the node from seeing what is committed until [#release()].
public final class FakeConnection implements Connection {
  private final List<Report> log = new ArrayList<>();
  private int visible;
  private boolean isHeld;
  private boolean isClosed;
  private boolean isAway;

  public FakeConnection() {}

  private record Report(
      long t, long prevT, Cursor cursor, FakeDb before, FakeDb after, List<Datom> txData)
      implements TxReport {
    @Override
    public long tx() {
      return Partition.tx(t);
    }

    @Override
    public Instant txInstant() {
      return Instant.EPOCH;
    }

    @Override
    public UUID submissionId() {
      return new UUID(0, t);
    }

    @Override
    public Db dbBefore() {
      return before;
    }

    @Override
    public Db dbAfter() {
      return after;
    }

    @Override
    public boolean isExact() {
      return true;
    }

    @Override
    public Map<String, Long> tempids() {
      return Map.of();
    }
  }

  public synchronized TxReport put(long e, long a, long v) {
    Report last = log.isEmpty() ? null : log.getLast();
    long prevT = last == null ? 0 : last.t();
    long t = prevT == 0 ? 1000 : prevT + 2;
    FakeDb before = last == null ? new FakeDb(0, List.of()) : last.after();
    var datom = new Datom(e, a, v, Partition.tx(t), true);
    var report =
        new Report(t, prevT, new Cursor(t, t * 31), before, before.with(t, datom), List.of(datom));
    log.add(report);
    if (!isHeld) {
      visible = log.size();
    }
    notifyAll();
    return report;
  }

  public synchronized void hold() {
    isHeld = true;
  }

  public synchronized void release() {
    isHeld = false;
    visible = log.size();
    notifyAll();
  }

  /// From now on the storage does not answer, or does again.
  public synchronized void away(boolean isNow) {
    isAway = isNow;
  }

  @Override
  public synchronized Db db() {
    return visible == 0 ? new FakeDb(0, List.of()) : log.get(visible - 1).after();
  }

  @Override
  public synchronized Cursor cursor() {
    return visible == 0 ? new Cursor(0, 0) : log.get(visible - 1).cursor();
  }

  @Override
  public Db sync() {
    return db();
  }

  @Override
  public synchronized Db sync(long t) {
    if (log.isEmpty() || log.getLast().t() < t) {
      throw error(DbError.BEYOND_HEAD);
    }
    while (db().basisT() < t) {
      try {
        wait();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw error(DbError.INTERRUPTED);
      }
    }
    return db();
  }

  @Override
  public CompletableFuture<Db> syncAsync() {
    return CompletableFuture.completedFuture(db());
  }

  @Override
  public CompletableFuture<Db> syncAsync(long t) {
    return CompletableFuture.supplyAsync(() -> sync(t));
  }

  private static BitsException error(DbError code) {
    return new BitsException(code, "test", ErrorData.none());
  }

  /// Forms are `[e a v]`, all numbers.
  @Override
  public TxReport transact(List<?> forms) {
    List<?> form = (List<?>) forms.getFirst();
    return put((Long) form.get(0), (Long) form.get(1), (Long) form.get(2));
  }

  @Override
  public TxReport transact(Tx tx) {
    return transact(tx.forms());
  }

  @Override
  public TxReports txReports() {
    return txReports(cursor());
  }

  @Override
  public synchronized TxReports txReports(Cursor after) {
    if (isAway) {
      throw error(DbError.STORAGE_UNAVAILABLE);
    }
    for (int i = 0; i <= visible; i++) {
      Cursor at = i == 0 ? new Cursor(0, 0) : log.get(i - 1).cursor();
      if (at.equals(after)) {
        return new Reports(i);
      }
    }
    throw error(DbError.UNKNOWN_CURSOR);
  }

  private final class Reports implements TxReports {
    private int next;

    Reports(int next) {
      this.next = next;
    }

    @Override
    public TxReport take() {
      synchronized (FakeConnection.this) {
        while (next >= visible && !isClosed) {
          try {
            FakeConnection.this.wait();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw error(DbError.INTERRUPTED);
          }
        }
        if (isClosed) {
          throw error(DbError.CLOSED);
        }
        return log.get(next++);
      }
    }

    @Override
    public Optional<TxReport> poll(Duration atMost) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Cursor cursor() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<TxReport> iterator() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    notifyAll();
  }

  @Override
  public TxReport transact(String edn) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<TxReport> transactAsync(Tx tx) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Outcome outcome(UUID submissionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void ensureSchema(String edn) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TxReports txReportsAfter(long t) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Session session() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Log log() {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized Status status() {
    return new Status(
        "bits:mem:fake",
        "fake",
        0,
        cursor().t(),
        0,
        cursor().t(),
        "",
        1,
        "",
        Map.of(),
        List.of(),
        List.of(),
        isAway ? Map.of("trouble", DbError.STORAGE_UNAVAILABLE.code()) : Map.of());
  }
}
