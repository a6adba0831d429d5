/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import page.bits.db.Db;
import page.bits.db.Recorded;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.PageHead;
import page.bits.live.metrics.LiveMetrics;

/// Renders, round after round: all pages that are due, on one value, each fragment once. One
/// thread, with a few helpers.
final class RenderLoop implements Runnable {
  private static final Logger LOG = System.getLogger(RenderLoop.class.getName());
  private static final Html FAILED =
      Html.trusted(
          "<p class=\"bits-error\" role=\"alert\">This part cannot be shown at the moment.</p>");

  private final Fragments fragments;
  private final ExecutorService helpers;
  private final LiveMetrics metrics;

  RenderLoop(Fragments fragments, ExecutorService helpers, LiveMetrics metrics) {
    this.fragments = fragments;
    this.helpers = helpers;
    this.metrics = metrics;
  }

  @Override
  public void run() {
    try {
      Fragments.Round round = fragments.nextRound();
      while (round != null) {
        renderGuarded(round);
        round = fragments.nextRound();
      }
    } catch (InterruptedException _) { // the node closes
      Thread.currentThread().interrupt();
    }
  }

  /// A round that fails is given up, and the next one comes: this thread serves every page.
  private void renderGuarded(Fragments.Round round) throws InterruptedException {
    try {
      render(round);
    } catch (RuntimeException | Error failed) {
      LOG.log(Level.ERROR, "a round of rendering failed", failed);
    }
  }

  private void render(Fragments.Round round) throws InterruptedException {
    try {
      List<LiveFragment> missing = fragments.missing(round);
      while (!missing.isEmpty()) { // a rendering may show fragments that were not there before
        renderAll(missing, round.moment());
        missing = fragments.missing(round);
      }
    } finally {
      fragments.finish(round);
    }
  }

  private void renderAll(List<LiveFragment> missing, Moment moment) throws InterruptedException {
    if (missing.size() == 1) {
      renderOne(missing.getFirst(), moment);
      return;
    }
    var running = new ArrayList<Future<?>>();
    for (LiveFragment fragment : missing) {
      running.add(helpers.submit(() -> renderOne(fragment, moment)));
    }
    for (Future<?> future : running) {
      try {
        future.get();
      } catch (ExecutionException failed) {
        throw new IllegalStateException("rendering failed outside the fragment", failed);
      }
    }
  }

  private void renderOne(LiveFragment fragment, Moment moment) {
    metrics.rendered(fragment.name());
    Recorded<Fragment.Output> recorded = moment.db().recorded(db -> output(fragment, db));
    fragments.publish(fragment, recorded, moment);
  }

  /// The fragment's output; a fragment that throws shows that in its place, and what it read until
  /// then decides when it is tried again.
  private Fragment.Output output(LiveFragment fragment, Db db) {
    try {
      return fragment.render(db, Form.empty());
    } catch (RuntimeException | Error failed) { // whatever a fragment does, the others go on
      metrics.failed(fragment.name());
      LOG.log(Level.WARNING, () -> "fragment " + fragment.name() + " failed", failed);
      return new Fragment.Output(FAILED, new PageHead("", 500));
    }
  }
}
