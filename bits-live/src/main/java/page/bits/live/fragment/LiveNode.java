/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import page.bits.db.Connection;
import page.bits.error.BitsException;
import page.bits.live.Fragment;
import page.bits.live.LiveSettings;
import page.bits.live.metrics.LiveMetrics;

/// The live fragments of one node: follows the database and keeps the pages that somebody watches.
/// Thread-safe. Closing it ends its threads and all streams, not the connection.
public final class LiveNode implements AutoCloseable {
  private final LiveMetrics metrics = new LiveMetrics();
  private final Fragments fragments;
  private final ReportReader reader;
  private final ExecutorService helpers;
  private final Thread readerThread;
  private final Thread renderThread;

  private LiveNode(Connection connection, LiveSettings settings) {
    this.fragments = new Fragments(Moment.of(connection), settings, metrics);
    this.reader = new ReportReader(connection, fragments);
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Thread.ofPlatform().daemon().name("bits-render-", 0).factory());
    this.readerThread = Thread.ofPlatform().daemon().name("bits-reports").unstarted(reader);
    this.renderThread =
        Thread.ofPlatform()
            .daemon()
            .name("bits-rounds")
            .unstarted(new RenderLoop(fragments, helpers, metrics));
  }

  public static LiveNode start(Connection connection, LiveSettings settings) {
    var node = new LiveNode(Objects.requireNonNull(connection), settings);
    node.readerThread.start();
    node.renderThread.start();
    return node;
  }

  public LiveMetrics metrics() {
    return metrics;
  }

  /// The newest point that this node has taken in.
  public Moment moment() {
    return fragments.moment();
  }

  /// Whether it still follows the database.
  public boolean isFollowing() {
    return reader.isRunning();
  }

  /// The page at `atLeast` or later; `:bits.error/node-behind` when that does not come in time.
  public <P> Snapshot page(Fragment<P> root, P params, long atLeast) {
    try {
      return fragments.await(new LiveFragment.Key(root, Objects.requireNonNull(params)), atLeast);
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  /// Waits until the node has taken in transaction t; false when it does not in time.
  public boolean reach(long t, Duration atMost) {
    try {
      return fragments.reach(t, atMost.toNanos());
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  private static BitsException interrupted() {
    Thread.currentThread().interrupt();
    return new BitsException(
        page.bits.db.DbError.INTERRUPTED,
        "The wait was interrupted",
        page.bits.error.ErrorData.none());
  }

  /// Joins the viewers of a page; [Watch#close()] leaves.
  public <P> Watch watch(Fragment<P> root, P params) {
    var signal = new Signal();
    LivePage page =
        fragments.watch(new LiveFragment.Key(root, Objects.requireNonNull(params)), signal);
    return new Watch(fragments, page, signal);
  }

  @Override
  public void close() {
    fragments.close();
    readerThread.interrupt();
    renderThread.interrupt();
    helpers.shutdownNow();
  }
}
