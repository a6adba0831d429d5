/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.DbError;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;

/// Reads every transaction of the database, in order, and hands it to the fragments. One thread.
///
/// A storage that is away is waited out, resuming at the cursor. It ends with its connection, and
/// for good with an error that no waiting mends, such as another history in the log; then every
/// stream ends too.
final class ReportReader implements Runnable {
  private static final Logger LOG = System.getLogger(ReportReader.class.getName());
  private static final long PAUSE_MILLIS = 200;

  private final Connection connection;
  private final Fragments fragments;
  private final Cursors cursors;
  private final CompletableFuture<BitsException> stopped = new CompletableFuture<>();
  private @Nullable BitsException reason;
  private volatile boolean isRunning = true;

  ReportReader(Connection connection, Fragments fragments, Cursors cursors) {
    this.connection = connection;
    this.fragments = fragments;
    this.cursors = cursors;
    cursors.add(fragments.moment().cursor());
  }

  boolean isRunning() {
    return isRunning;
  }

  /// Why it ended for good; never done while it reads, nor when its connection was closed.
  CompletableFuture<BitsException> stopped() {
    return stopped.copy();
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted() && read()) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException _) { // the node closes
      Thread.currentThread().interrupt();
    } finally {
      isRunning = false;
      fragments.close(); // nobody is left on a page that will not change again
      tell();
    }
  }

  private void tell() {
    BitsException why = reason;
    if (why != null) {
      LOG.log(Level.ERROR, "this node can follow the log no longer; its pages have ended", why);
      stopped.complete(why);
    }
  }

  /// Reads until something fails; says whether to try again.
  private boolean read() {
    Cursor after = fragments.moment().cursor();
    try (TxReports reports = connection.txReports(after)) {
      while (true) {
        TxReport report = reports.take();
        cursors.add(report.cursor());
        fragments.apply(report);
      }
    } catch (BitsException failed) {
      if (failed.is(DbError.CLOSED) || failed.category() == ErrorCategory.INTERRUPTED) {
        return false;
      }
      if (isMendedByTime(failed)) {
        LOG.log(Level.WARNING, "reading transaction reports failed; trying again", failed);
        return true;
      }
      reason = failed;
      return false;
    }
  }

  private static boolean isMendedByTime(BitsException failed) {
    return switch (failed.category()) {
      case UNAVAILABLE, BUSY, FORBIDDEN -> true; // rights that were taken can be given back
      case INCORRECT, CONFLICT, NOT_FOUND, UNSUPPORTED, FAULT, INTERRUPTED -> false;
    };
  }
}
