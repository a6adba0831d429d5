/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.live.fragment.LiveNode;
import page.bits.live.fragment.Moment;

/// Whether a node can do its work: its threads run, and its storage answers. Thread-safe. The
/// storage is asked at most once a second, however often somebody wants to know.
final class Health {
  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofSeconds(2);

  private final Connection connection;
  private final LiveNode node;
  private volatile boolean isDraining;
  private @Nullable FutureTask<Boolean> asked;
  private long askedNanos;

  Health(Connection connection, LiveNode node) {
    this.connection = connection;
    this.node = node;
  }

  /// From now on the node says that it is about to end.
  void drain() {
    isDraining = true;
  }

  boolean isDraining() {
    return isDraining;
  }

  LiveResponse.Whole answer() {
    String status = status();
    Moment moment = node.moment();
    String text =
        "{\"status\":\"%s\",\"t\":%d,\"cursor\":\"%s\",\"streams\":%d}\n"
            .formatted(status, moment.t(), moment.cursor(), node.metrics().streamsOpen());
    return LiveResponse.of(status.equals("ok") ? 200 : 503, "application/json", text);
  }

  private String status() {
    if (!node.isFollowing()) {
      return "not-following";
    } else if (!node.isRendering()) {
      return "not-rendering";
    } else if (isDraining) {
      return "draining";
    }
    return isStorageThere() ? "ok" : "storage-away";
  }

  private boolean isStorageThere() {
    try {
      return question().get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) { // it does not answer, or with an error
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// The question that is under way or was answered just now; one that hangs is not asked again.
  private synchronized FutureTask<Boolean> question() {
    FutureTask<Boolean> known = asked;
    boolean isOld = System.nanoTime() - askedNanos > KEPT.toNanos();
    if (known != null && !(known.isDone() && isOld)) {
      return known;
    }
    var fresh = new FutureTask<>(() -> !connection.status().storage().containsKey("trouble"));
    asked = fresh;
    askedNanos = System.nanoTime();
    Thread.ofVirtual().name("bits-health").start(fresh);
    return fresh;
  }
}
