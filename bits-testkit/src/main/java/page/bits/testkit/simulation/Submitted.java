/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One submission of an operation, from the call to the answer. `sequence` numbers order everything
/// that clients of one simulation did; heads are positions that the storage had at that moment.
final class Submitted {
  private final long operation;
  private final Act act;
  private final @Nullable UUID txId;
  private final int client;
  private final Process process;
  private final long invokedSequence;
  private final long invokedHead;
  private final long deadlineNanos;
  private long answeredSequence = Long.MAX_VALUE;
  private long answeredHead = Long.MAX_VALUE;
  private long answeredNanos = Long.MAX_VALUE;
  private @Nullable Answer answer;

  Submitted(
      long operation,
      Act act,
      @Nullable UUID txId,
      int client,
      Process process,
      History history,
      long deadlineNanos) {
    this.operation = operation;
    this.act = act;
    this.txId = txId;
    this.client = client;
    this.process = process;
    this.invokedSequence = history.nextSequence();
    this.invokedHead = history.headPosition();
    this.deadlineNanos = deadlineNanos;
  }

  void answered(Answer answer, History history) {
    if (this.answer != null) {
      throw new IllegalStateException("answered twice: " + this);
    }
    this.answer = answer;
    this.answeredSequence = history.nextSequence();
    this.answeredHead = history.headPosition();
    this.answeredNanos = history.nowNanos();
  }

  long operation() {
    return operation;
  }

  Act act() {
    return act;
  }

  @Nullable UUID txId() {
    return txId;
  }

  int client() {
    return client;
  }

  Process process() {
    return process;
  }

  long invokedSequence() {
    return invokedSequence;
  }

  long answeredSequence() {
    return answeredSequence;
  }

  /// Where the storage's log ended when it was submitted.
  long invokedHead() {
    return invokedHead;
  }

  long answeredHead() {
    return answeredHead;
  }

  /// When it should have been answered at the latest, in the scheduler's time.
  long deadlineNanos() {
    return deadlineNanos;
  }

  long answeredNanos() {
    return answeredNanos;
  }

  @Nullable Answer answer() {
    return answer;
  }

  @Override
  public String toString() {
    return "op "
        + operation
        + " "
        + act
        + " by client "
        + client
        + " on "
        + process.name()
        + ": "
        + answer;
  }
}
