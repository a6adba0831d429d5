/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.db.Outcome;

/// All that clients and subscribers of one simulation did and saw.
final class History {
  private static final int SAMPLES_MAX = 6;

  /// A value that was asked for with [page.bits.db.Connection#sync()] when the log ended at
  /// `invokedHead`.
  record Synced(long invokedHead, long basisT) {}

  /// What [page.bits.db.Connection#outcome(UUID)] said.
  record Told(UUID submissionId, long invokedHead, long answeredHead, Outcome outcome) {}

  private final SimulatedStore store;
  private final Scheduler scheduler;
  private final List<Submitted> submitted = new ArrayList<>();
  private final List<Synced> synced = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Db> samples = new ArrayList<>();
  private final List<Cursor> cursors = new ArrayList<>();
  private long sequence;
  private long operations;
  private long reads;

  History(SimulatedStore store, Scheduler scheduler) {
    this.store = store;
    this.scheduler = scheduler;
  }

  long nextSequence() {
    return sequence++;
  }

  long nextOperation() {
    return ++operations;
  }

  long headPosition() {
    return store.headPosition();
  }

  long nowNanos() {
    return scheduler.nowNanos();
  }

  Submitted add(Submitted one) {
    submitted.add(one);
    return one;
  }

  List<Submitted> submitted() {
    return submitted;
  }

  void synced(long invokedHead, long basisT) {
    reads++;
    synced.add(new Synced(invokedHead, basisT));
  }

  List<Synced> synced() {
    return synced;
  }

  void told(Told one) {
    reads++;
    told.add(one);
  }

  List<Told> told() {
    return told;
  }

  /// A value that somebody saw, now and then kept to be looked at again at the end.
  void saw(Db value, boolean isKept) {
    reads++;
    if (isKept && samples.size() < SAMPLES_MAX) {
      samples.add(value);
    }
  }

  List<Db> samples() {
    return samples;
  }

  /// A point that a client knows of.
  void passed(Cursor cursor) {
    cursors.add(cursor);
  }

  List<Cursor> cursors() {
    return cursors;
  }

  /// How many calls there were.
  long calls() {
    return submitted.size() + reads;
  }

  /// Whether no other submission of its operation came before.
  boolean isFirstTry(Submitted one) {
    for (Submitted each : submitted) {
      if (each.operation() == one.operation()) {
        return each == one;
      }
    }
    return false;
  }

  /// Its connection was closed a while ago: nobody waits there any more.
  void checkAnswered(Process closed) {
    for (Submitted each : submitted) {
      boolean isWaiting = each.process() == closed && each.answer() == null;
      Violation.check(!isWaiting, 38, "still waiting after close: %s", each);
    }
  }

  /// The process died with everything that it waited for.
  void crashed(Process process) {
    for (Submitted each : submitted) {
      if (each.process() == process && each.answer() == null) {
        each.answered(new Answer.Crashed(), this);
      }
    }
  }
}
