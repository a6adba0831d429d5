/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import page.bits.db.internal.index.Budget;

/// How long an evaluation has gone on, as the thread that waits for it sees it. Confined to that
/// thread.
///
/// What lies between two of its looks that are far apart does not count: the process stood still
/// then, and the evaluation with it. The deadline of the caller goes on all the same.
final class EvaluationWatch {
  /// A thread that looks every 20 ms, or every few steps, is not kept from it for so long.
  private static final long STOOD_STILL_NANOS = 1_000_000_000;

  private final World world;
  private final Submission of;
  private long lookedNanos;
  private long leftNanos = Evaluations.LIMIT.toNanos();

  EvaluationWatch(World world, Submission of) {
    this.world = world;
    this.of = of;
    this.lookedNanos = world.nanos();
  }

  /// Ends the budget when the time is over. For how long it may go on, in nanoseconds.
  long look(Budget budget) {
    long now = world.nanos();
    long passed = now - lookedNanos;
    lookedNanos = now;
    if (passed < STOOD_STILL_NANOS) {
      leftNanos -= passed;
    }
    long untilDeadline = of.deadlineNanos() - now;
    if (untilDeadline <= 0) {
      budget.end(PeerErrors.deadline(of.submissionId(), of.tx().deadline()));
    } else if (leftNanos <= 0) {
      budget.end(PeerErrors.evaluationTimeout(of.submissionId(), Evaluations.LIMIT));
    }
    return Math.min(untilDeadline, leftNanos);
  }
}
