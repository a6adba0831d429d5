/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.internal.tx.FormDigest;
import page.bits.db.spi.Bytes;
import page.bits.error.BitsException;

/// A transaction on its way: what was submitted, until when, and who waits. Thread-safe.
///
/// States: queued (not tried, or tried and lost) -> tried (an append may carry it) -> answered.
/// Only a queued one can be called off.
final class Submission {
  private enum Phase {
    QUEUED,
    TRIED,
    ANSWERED
  }

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final Tx tx;
  private final UUID submissionId;
  private final long deadlineNanos;
  private final @Nullable CommitFuture future;
  private final @Nullable Thread waiter;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.QUEUED);
  private volatile @Nullable Bytes formDigest;
  private volatile @Nullable TxReport report;
  private volatile @Nullable BitsException failure;
  private volatile long waitsUntilNanos;
  private volatile boolean isClosed;

  private Submission(
      Tx tx,
      UUID submissionId,
      long deadlineNanos,
      @Nullable CommitFuture future,
      @Nullable Thread waiter) {
    this.tx = tx;
    this.submissionId = submissionId;
    this.deadlineNanos = deadlineNanos;
    this.waitsUntilNanos = deadlineNanos;
    this.future = future;
    this.waiter = waiter;
  }

  /// For a caller that waits in [#await(World)] on its own thread.
  static Submission waiting(Tx tx, UUID submissionId, long nowNanos) {
    return new Submission(
        tx, submissionId, Deadlines.after(nowNanos, tx.deadline()), null, Thread.currentThread());
  }

  /// For a caller that got a future.
  static Submission asynchronous(Tx tx, UUID submissionId, long nowNanos, CommitFuture future) {
    return new Submission(tx, submissionId, Deadlines.after(nowNanos, tx.deadline()), future, null);
  }

  Tx tx() {
    return tx;
  }

  UUID submissionId() {
    return submissionId;
  }

  /// Computes the digest of the forms on the thread of the caller; false when they have none, which
  /// fails the submission.
  boolean prepareFormDigest() {
    try {
      formDigest = FormDigest.of(tx.forms());
      return true;
    } catch (BitsException e) {
      fail(e);
      return false;
    }
  }

  /// The digest of the forms, by which they are known again under the same id.
  Bytes formDigest() {
    return Objects.requireNonNull(formDigest);
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  boolean isExpired(long nowNanos) {
    return nowNanos - deadlineNanos > 0;
  }

  boolean isAnswered() {
    return phase.get() == Phase.ANSWERED;
  }

  /// Takes it for a try; false when it was called off meanwhile.
  boolean startTry() {
    return phase.compareAndSet(Phase.QUEUED, Phase.TRIED);
  }

  /// The try was lost and left no trace: it may be tried again.
  void backToQueue() {
    phase.compareAndSet(Phase.TRIED, Phase.QUEUED);
  }

  /// Answers; what depends on its future waits for [#tellDependents()].
  void succeed(TxReport result) {
    answer(result, null);
  }

  /// Completes what depends on the future of one that succeeded; may never return.
  void tellDependents() {
    if (future != null) {
      future.tellDependents();
    }
  }

  /// Whether its caller, and what depends on its future, know the answer.
  boolean isTold() {
    return isAnswered() && (future == null || future.isTold());
  }

  boolean hasFuture() {
    return future != null;
  }

  void fail(BitsException reason) {
    answer(null, reason);
  }

  /// Answers for want of time: a definite no if it was never tried, else that nobody knows yet.
  void timeOut() {
    if (phase.compareAndSet(Phase.QUEUED, Phase.ANSWERED)) {
      settle(
          null,
          isClosed
              ? PeerErrors.closed("connection")
              : PeerErrors.deadline(submissionId, tx.deadline()));
    } else if (phase.compareAndSet(Phase.TRIED, Phase.ANSWERED)) {
      settle(null, PeerErrors.outcomeUnknown(submissionId));
    }
  }

  /// Its connection was closed: what was not tried never will be, and what was has a little time
  /// left to be answered.
  void close(long nowNanos) {
    isClosed = true;
    if (phase.compareAndSet(Phase.QUEUED, Phase.ANSWERED)) {
      settle(null, PeerErrors.closed("connection"));
    } else {
      long end = nowNanos + CLOSE_WAIT.toNanos();
      waitsUntilNanos = end - deadlineNanos < 0 ? end : deadlineNanos;
      LockSupport.unpark(waiter);
    }
  }

  private void answer(@Nullable TxReport result, @Nullable BitsException reason) {
    if (phase.getAndSet(Phase.ANSWERED) != Phase.ANSWERED) {
      settle(result, reason);
    }
  }

  /// Called once, by whoever moved the phase to answered.
  private void settle(@Nullable TxReport result, @Nullable BitsException reason) {
    report = result;
    failure = reason;
    if (future == null) {
      LockSupport.unpark(waiter);
    } else if (result != null) {
      future.succeed(result);
    } else if (reason != null) {
      future.fail(reason);
    }
  }

  /// Waits on the thread that made it, for the answer or the deadline.
  TxReport await(World world) {
    boolean isInterrupted = false;
    while (!isSettled()) {
      long left = waitsUntilNanos - world.nanos();
      if (left <= 0) {
        timeOut();
      } else if (Thread.interrupted()) {
        isInterrupted = true;
        break;
      } else {
        world.parkNanos(this, left);
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
      boolean isCalledOff = phase.compareAndSet(Phase.QUEUED, Phase.ANSWERED);
      throw PeerErrors.interruptedTransaction(submissionId, isCalledOff);
    }
    TxReport result = report;
    if (result != null) {
      return result;
    }
    BitsException reason = failure;
    throw reason == null ? PeerErrors.outcomeUnknown(submissionId) : reason;
  }

  private boolean isSettled() {
    return report != null || failure != null;
  }
}
