/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import page.bits.db.Db;
import page.bits.db.Recorded;
import page.bits.error.BitsException;
import page.bits.live.metrics.LiveMetrics;

/// Hands what is to be computed to threads, as it becomes due. One thread.
final class Dispatcher implements Runnable {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Fragments fragments;
  private final ExecutorService threads;
  private final LiveMetrics metrics;
  private volatile boolean isRunning = true;

  Dispatcher(Fragments fragments, ExecutorService threads, LiveMetrics metrics) {
    this.fragments = fragments;
    this.threads = threads;
    this.metrics = metrics;
  }

  boolean isRunning() {
    return isRunning;
  }

  @Override
  public void run() {
    try {
      Job job = fragments.nextJob();
      while (job != null) {
        Job next = job;
        threads.execute(() -> compute(next.cell(), next));
        job = fragments.nextJob();
      }
    } catch (InterruptedException | RejectedExecutionException _) { // the node closes
      Thread.currentThread().interrupt();
    } finally {
      isRunning = false;
    }
  }

  private <V> void compute(Cell<V> cell, Job job) {
    Key<V> key = cell.key();
    switch (key) {
      case Key.Render render -> metrics.rendered(render.name());
      case Key.Sight sight -> metrics.scoped(sight.name());
      case Key.Check check -> metrics.checked(check.name());
    }
    var attempt = new Attempt<>(key);
    Recorded<V> recorded = job.moment().db().recorded(attempt::run);
    try {
      fragments.publish(cell, job, recorded, attempt.retry);
    } catch (RuntimeException | Error fault) { // ours; the other cells go on
      LOG.log(Level.ERROR, "publishing failed", fault);
    }
  }

  /// One computation: what throws is shown as that in its place, and what was read until then
  /// decides when it is tried again.
  private final class Attempt<V> {
    private final Key<V> key;
    private @Nullable Duration retry;

    Attempt(Key<V> key) {
      this.key = key;
    }

    private V run(Db db) {
      try {
        return key.compute(db);
      } catch (RuntimeException | Error failed) { // whatever a fragment does, the others go on
        if (Thread.currentThread().isInterrupted()) {
          return key.failed(); // the node closes: nobody sees it
        }
        metrics.failed(key.name());
        LOG.log(Level.WARNING, () -> key.name() + " failed", failed);
        boolean mayPass = failed instanceof BitsException error && isPassing(error);
        retry = mayPass ? RETRY : null;
        return key.failed();
      }
    }
  }

  /// Whether it may be better without any change of what was read.
  private static boolean isPassing(BitsException error) {
    return switch (error.category()) {
      case BUSY, UNAVAILABLE -> true;
      case INCORRECT, UNSUPPORTED, CONFLICT, NOT_FOUND, FORBIDDEN, INTERRUPTED, FAULT -> false;
    };
  }
}
