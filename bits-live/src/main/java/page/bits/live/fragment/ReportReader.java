/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.DbError;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;

/// Reads every transaction of the database, in order, and hands it to the fragments. One thread.
///
/// An error of the storage is waited out, resuming at the cursor. It ends with its connection, and
/// when the log no longer holds what it has read; then every stream ends too.
final class ReportReader implements Runnable {
  private static final Logger LOG = System.getLogger(ReportReader.class.getName());
  private static final long PAUSE_MILLIS = 200;

  private final Connection connection;
  private final Fragments fragments;
  private final Cursors cursors;
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
      LOG.log(Level.WARNING, "reading transaction reports failed; trying again", failed);
      return !failed.is(DbError.UNKNOWN_CURSOR);
    }
  }
}
