/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.relation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The end of the time that a query has; another thread sets it, so that nobody has to read a
/// clock. Close it when the query is done.
public final class Deadline implements AutoCloseable {
  private static final CompletableFuture<Boolean> NEVER = new CompletableFuture<>();

  private final CompletableFuture<Boolean> passed;
  private final Duration after;

  private Deadline(CompletableFuture<Boolean> passed, Duration after) {
    this.passed = passed;
    this.after = after;
  }

  public static Deadline never() {
    return new Deadline(NEVER, Duration.ZERO);
  }

  public static Deadline after(Duration time) {
    CompletableFuture<Boolean> passed = new CompletableFuture<>();
    return new Deadline(
        passed.completeOnTimeout(true, Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS), time);
  }

  boolean isPassed() {
    return passed.getNow(false);
  }

  Duration length() {
    return after;
  }

  @Override
  public void close() {
    if (passed != NEVER) {
      passed.complete(false);
    }
  }
}
