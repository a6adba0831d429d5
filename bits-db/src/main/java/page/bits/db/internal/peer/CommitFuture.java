/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import page.bits.db.TxReport;
import page.bits.error.BitsException;

/* A future in two parts: what it says, and what depends on it.
 *
 * What it says is a future of its own, to which nobody can add a dependent. It is completed on the committing thread,
 * after db() shows the transaction and before any subscriber sees its report; isDone, get, join and their kin ask it.
 * What depends on it (thenApply, allOf …) hangs on this object, which is completed on a virtual thread: a dependent may
 * never return. The successes of one entry share such a thread, except that each with dependents has its own; a thread
 * for each future cost more than judging its transaction.
 */

/// The answer to a submission. Thread-safe.
final class CommitFuture extends CompletableFuture<TxReport> {
  private final World world;
  private final CompletableFuture<TxReport> answer = new CompletableFuture<>();

  CommitFuture(World world) {
    this.world = world;
  }

  /// Says so from now on, unless it has an answer; what depends on it waits for
  /// [#tellDependents()].
  void succeed(TxReport report) {
    var _ = answer.complete(report);
  }

  /// Completes what depends on a success that was said. Where something does, on a thread of its
  /// own; else here and now, which is all there is to do for most. What is added at this very
  /// moment may run here too: so nothing may rest on the return of this call, see [Deadlines].
  void tellDependents() {
    if (super.isDone() || !answer.isDone() || answer.isCompletedExceptionally()) {
      return;
    }
    TxReport report = answer.resultNow();
    if (getNumberOfDependents() > 0) {
      world.start(() -> super.complete(report));
    } else {
      super.complete(report);
    }
  }

  /// Whether what depends on it need not be told any more.
  boolean isTold() {
    return super.isDone();
  }

  /// Says so from now on, unless it has an answer.
  void fail(BitsException reason) {
    if (answer.completeExceptionally(reason)) {
      world.start(() -> super.completeExceptionally(reason));
    }
  }

  @Override
  public boolean complete(TxReport report) {
    return answer.complete(report) && super.complete(report);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return answer.completeExceptionally(failure) && super.completeExceptionally(failure);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return answer.isDone()
        ? answer.isCancelled()
        : answer.cancel(mayInterruptIfRunning) && super.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean isDone() {
    return answer.isDone();
  }

  @Override
  public boolean isCancelled() {
    return answer.isCancelled();
  }

  @Override
  public boolean isCompletedExceptionally() {
    return answer.isCompletedExceptionally();
  }

  @Override
  public State state() {
    return answer.state();
  }

  @Override
  public TxReport resultNow() {
    return answer.resultNow();
  }

  @Override
  public Throwable exceptionNow() {
    return answer.exceptionNow();
  }

  @Override
  public @Nullable TxReport getNow(@Nullable TxReport otherwise) {
    return answer.getNow(otherwise);
  }

  @Override
  public TxReport join() {
    return answer.join();
  }

  @Override
  public TxReport get() throws InterruptedException, ExecutionException {
    return answer.get();
  }

  @Override
  public TxReport get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(timeout, unit);
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
