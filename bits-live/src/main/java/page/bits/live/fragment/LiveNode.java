/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import page.bits.db.Connection;
import page.bits.error.BitsException;
import page.bits.live.LiveSettings;
import page.bits.live.metrics.LiveMetrics;

/// The live pages of one node: follows the database and keeps the pages that somebody watches.
/// Thread-safe. Closing it ends its threads and all streams, not the connection.
public final class LiveNode implements AutoCloseable {
  private static final long THREAD_IDLE_SECONDS = 10;

  private final LiveMetrics metrics = new LiveMetrics();
  private final Cursors cursors = new Cursors();
  private final Fragments fragments;
  private final ReportReader reader;
  private final Dispatcher dispatcher;
  private final ExecutorService renderers;
  private final Thread readerThread;
  private final Thread dispatcherThread;

  private LiveNode(Connection connection, LiveSettings settings) {
    this.fragments = new Fragments(Moment.of(connection), settings, metrics);
    this.reader = new ReportReader(connection, fragments, cursors);
    this.renderers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // the dispatcher hands out as many as may run at once
            THREAD_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("bits-render-", 0).factory());
    this.dispatcher = new Dispatcher(fragments, renderers, metrics);
    this.readerThread = Thread.ofPlatform().daemon().name("bits-reports").unstarted(reader);
    this.dispatcherThread = Thread.ofPlatform().daemon().name("bits-rounds").unstarted(dispatcher);
  }

  public static LiveNode start(Connection connection, LiveSettings settings) {
    var node = new LiveNode(Objects.requireNonNull(connection), settings);
    node.readerThread.start();
    node.dispatcherThread.start();
    return node;
  }

  public LiveMetrics metrics() {
    return metrics;
  }

  /// The newest points of the log that this node took in.
  public Cursors cursors() {
    return cursors;
  }

  /// The newest point that this node has taken in.
  public Moment moment() {
    return fragments.moment();
  }

  /// Whether it still follows the database.
  public boolean isFollowing() {
    return reader.isRunning();
  }

  /// Done with the reason when the node can follow the database no longer; never while it follows,
  /// nor when it or the connection was closed.
  public CompletableFuture<BitsException> stopped() {
    return reader.stopped();
  }

  /// Whether it still renders.
  public boolean isRendering() {
    return dispatcher.isRunning();
  }

  /// The page at `atLeast` or later. Errors: `:bits.error/node-behind` when the node does not get
  /// there in time, `:bits.error/overloaded` when the page does not or there are too many,
  /// `:bits.error/address-limit`, `:bits.error/node-stopped`.
  public Seen page(Visit visit, long atLeast) {
    try {
      return fragments.await(visit, atLeast);
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

  /// Joins the viewers of a page; [Watch#close()] leaves. Errors: `:bits.error/overloaded`,
  /// `:bits.error/address-limit`.
  public Watch watch(Visit visit) {
    return fragments.watch(visit);
  }

  @Override
  public void close() {
    fragments.close();
    readerThread.interrupt();
    dispatcherThread.interrupt();
    renderers.shutdownNow();
  }
}
