/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.workload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.error.BitsException;
import page.bits.testkit.history.Feed;
import page.bits.testkit.history.Hashes;
import page.bits.testkit.history.LineFile;
import page.bits.testkit.history.Thing;

/// Follows the reports of a connection and writes each down; goes on where the file ends, so that a
/// subscriber lives longer than its process. Confined to one thread.
final class FeedReader {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Connection connection;
  private final Path path;

  private final boolean fromNow;

  /// A subscriber that begins with the first transaction, or (`fromNow`) with the next one.
  FeedReader(Connection connection, Path path, boolean fromNow) {
    this.connection = connection;
    this.path = path;
    this.fromNow = fromNow;
  }

  /// Until it is told to drain; then to the head, as a sync shows it, if that comes within
  /// `patience`. Each error of the storage is met by opening again at the last cursor, while
  /// draining with patience too.
  void run(BooleanSupplier isDraining, BooleanSupplier isAbandoned, Duration patience) {
    Optional<Cursor> after = Feed.resume(path);
    OptionalLong failingNanos = OptionalLong.empty();
    try (var file = new LineFile(path)) {
      while (!isAbandoned.getAsBoolean()) {
        try (TxReports reports = open(after)) {
          file.add(new Feed.Opened(reports.cursor()).text());
          if (follow(reports, file, isDraining, isAbandoned, patience)) {
            return;
          }
        } catch (BitsException e) {
          if (isDraining.getAsBoolean()) {
            long now = System.nanoTime();
            failingNanos = OptionalLong.of(failingNanos.orElse(now));
            if (now - failingNanos.getAsLong() > patience.toNanos()) {
              file.add(new Feed.Stuck(e.code()).text());
              return;
            }
          }
          LockSupport.parkNanos(LOOK.toNanos());
        }
        after = Feed.resume(path);
      }
    }
  }

  private TxReports open(Optional<Cursor> after) {
    if (after.isPresent()) {
      return connection.txReports(after.get());
    }
    return fromNow ? connection.txReports() : connection.txReportsAfter(0);
  }

  /// Answers true when there is nothing left to do.
  private boolean follow(
      TxReports reports,
      LineFile file,
      BooleanSupplier isDraining,
      BooleanSupplier isAbandoned,
      Duration patience) {
    while (!isDraining.getAsBoolean()) {
      if (isAbandoned.getAsBoolean()) {
        return true;
      }
      next(reports, file, LOOK);
    }
    long askedNanos = System.nanoTime();
    long head = connection.sync().basisT();
    long end = System.nanoTime() + patience.toNanos();
    while (reports.cursor().t() < head && System.nanoTime() < end) {
      next(reports, file, LOOK);
    }
    file.add(new Feed.Drained(head, askedNanos).text()); // what is missing is the checker's to say
    return true;
  }

  private void next(TxReports reports, LineFile file, Duration atMost) {
    reports.poll(atMost).ifPresent(report -> file.add(line(report).text()));
  }

  private Feed.Delivered line(TxReport report) {
    long hash = 0;
    for (Datom datom : report.txData()) {
      hash = Hashes.datom(hash, datom.e(), datom.a(), datom.v(), datom.added());
    }
    return new Feed.Delivered(
        report.t(),
        report.prevT(),
        report.cursor().digest(),
        hash,
        connection.db().basisT(),
        value(report, report.dbBefore()),
        value(report, report.dbAfter()));
  }

  private static Feed.Value value(TxReport report, Db db) {
    return new Feed.Value(
        db.asOfT().orElse(db.basisT()), report.isExact(), Workload.state(db, Thing.PRESENCE));
  }
}
