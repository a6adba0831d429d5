/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.Outcome;
import page.bits.testkit.simulation.Replay.Logged;

/// Whether everybody was told the truth about what they submitted: I3, I5 to I9, I15, I20, I38.
final class AnswerChecks {
  /// How much later than its deadline an answer may come: a thread is left out now and then.
  private static final long LATE_NANOS = 2_000_000_000L;

  private final Simulation simulation;
  private final Replay replay;

  AnswerChecks(Simulation simulation, Replay replay) {
    this.simulation = simulation;
    this.replay = replay;
  }

  void run() {
    History history = simulation.history();
    immutable();
    Map<Long, List<Submitted>> byOperation = new HashMap<>();
    for (Submitted each : history.submitted()) {
      byOperation.computeIfAbsent(each.operation(), _ -> new ArrayList<>()).add(each);
    }
    byOperation.values().forEach(this::operation);
    history.submitted().forEach(this::answer);
    txIds();
    realTime();
    history.synced().forEach(this::synced);
    history.told().forEach(this::told);
    if (replay.isGrouped()) {
      simulation.reach(Reached.GROUP_COMMIT);
    }
  }

  private void immutable() {
    var log = simulation.store().log();
    simulation
        .store()
        .everAt()
        .forEach(
            (position, entry) ->
                Violation.check(
                    position < log.size() && log.get(Math.toIntExact(position)).equals(entry),
                    3,
                    "position %d is not what it was",
                    position));
  }

  /// All submissions of one operation together.
  private void operation(List<Submitted> tries) {
    List<Logged> logged = replay.of(tries.getFirst().operation());
    Violation.check(logged.size() <= 1, 5, "committed twice: %s", tries);
    boolean mayBeThere =
        tries.stream()
            .anyMatch(
                each ->
                    each.answer() instanceof Answer.Acked
                        || each.answer() instanceof Answer.Unknown
                        || each.answer() instanceof Answer.Crashed);
    Violation.check(logged.isEmpty() || mayBeThere, 7, "in the log, and denied: %s", tries);
    if (tries.size() > 1
        && tries.stream().filter(each -> each.answer() instanceof Answer.Acked).count() > 1) {
      simulation.reach(Reached.COMMITTED_BEFORE_UNDER_ID);
    }
  }

  private void answer(Submitted each) {
    switch (each.answer()) {
      case Answer.Acked acked -> {
        Logged there = replay.at(acked.t());
        Violation.check(
            there != null
                && there.operation() == each.operation()
                && there.cursor().equals(acked.cursor()),
            6,
            "acknowledged, and not there: %s; there is %s",
            each,
            there);
      }
      case Answer.Refused refused -> {
        simulation.reach(Reached.REFUSED);
        Violation.check(isTrue(each, refused.code()), 7, "the refusal was never true: %s", each);
      }
      case Answer.Never never -> {
        if (never.code().equals(DbError.DEADLINE.code())) {
          simulation.reach(Reached.DEADLINE_PASSED_UNTRIED);
        }
      }
      case Answer.Unknown _ ->
          simulation.reach(
              replay.of(each.operation()).isEmpty()
                  ? Reached.UNKNOWN_THEN_NOT_COMMITTED
                  : Reached.UNKNOWN_THEN_COMMITTED);
      case Answer.Crashed _ -> {
        return;
      }
      case null -> throw new Violation(8, "never answered: " + each);
    }
    boolean isLate = each.answeredNanos() > each.deadlineNanos() + LATE_NANOS;
    boolean hasExcuse = each.process().wasPaused();
    Violation.check(!isLate || hasExcuse, 8, "answered after its deadline: %s", each);
  }

  /// Whether a refusal is true of some value that was the newest between the call and the answer.
  private boolean isTrue(Submitted each, String code) {
    long from = replay.lastT(each.invokedHead());
    long to = replay.lastT(each.answeredHead());
    if (code.equals(DbError.TX_ID_REUSED.code())) {
      simulation.reach(Reached.ID_REUSED);
      UUID id = each.txId();
      Logged first = id == null ? null : replay.ofSubmission(id);
      return first != null && first.operation() != each.operation() && first.t() <= to;
    }
    if (code.equals(DbError.EVALUATION_TIMEOUT.code())) {
      return each.act() instanceof Act.Transfer transfer && transfer.slowNanos() > 0;
    }
    return switch (each.act()) {
      case Act.Count(int counter, long expected) ->
          code.equals(DbError.CAS_FAILED.code())
              && replay.valuesBetween("c" + counter, from, to).stream()
                  .anyMatch(v -> v != expected);
      case Act.Transfer(int account, int _, long amount, long _) ->
          code.equals(Bank.INSUFFICIENT)
              && replay.valuesBetween("a" + account, from, to).stream().anyMatch(v -> v < amount);
      case Act.Badge(int badge) ->
          code.equals(DbError.UNIQUE_CONFLICT.code()) && replay.badgeGivenAt(badge) <= to;
      case Act.Say(UUID session) ->
          code.equals(DbError.SESSION_ENDED.code()) && replay.sessions().endedAt(session) <= to;
      case Act.Mistake _ -> code.equals(DbError.NOT_AN_ATTRIBUTE.code());
      case Act.Add _, Act.SetUp _ -> false;
    };
  }

  /// One id, one transaction.
  private void txIds() {
    Map<UUID, Set<Long>> operations = new HashMap<>();
    for (Submitted each : simulation.history().submitted()) {
      UUID id = each.txId();
      if (id != null && !replay.of(each.operation()).isEmpty()) {
        operations.computeIfAbsent(id, _ -> new HashSet<>()).add(each.operation());
      }
    }
    operations.forEach(
        (id, of) -> Violation.check(of.size() == 1, 5, "%s was used by operations %s", id, of));
  }

  /// Whatever was acknowledged before another was submitted lies before it.
  private void realTime() {
    record Moment(long sequence, @Nullable Submitted invoked, long ackedT) {}
    var moments = new ArrayList<Moment>();
    for (Submitted each : simulation.history().submitted()) {
      if (each.answer() instanceof Answer.Acked acked) {
        moments.add(new Moment(each.answeredSequence(), null, acked.t()));
        boolean isFirst = simulation.history().isFirstTry(each);
        if (isFirst) {
          moments.add(new Moment(each.invokedSequence(), each, acked.t()));
        }
      }
    }
    moments.sort(Comparator.comparingLong(Moment::sequence));
    long newest = 0;
    for (Moment moment : moments) {
      if (moment.invoked() != null) {
        Violation.check(moment.ackedT() > newest, 9, "%s lies before %d", moment.invoked(), newest);
      } else {
        newest = Math.max(newest, moment.ackedT());
      }
    }
  }

  private void synced(History.Synced synced) {
    long t = replay.lastT(synced.invokedHead());
    Violation.check(
        synced.basisT() >= t, 20, "sync answered %d when the log held %d", synced.basisT(), t);
  }

  private void told(History.Told told) {
    Logged there = replay.ofSubmission(told.submissionId());
    switch (told.outcome()) {
      case Outcome.Committed committed ->
          Violation.check(
              there != null && there.t() == committed.report().t(),
              8,
              "the outcome is %d, and the log has %s",
              committed.report().t(),
              there);
      case Outcome.Refused _ ->
          Violation.check(there == null, 8, "the outcome is refused, and the log has %s", there);
      case Outcome.Absent _ ->
          Violation.check(
              there == null || there.position() > told.invokedHead(),
              8,
              "the outcome is absent, and the log has %s",
              there);
      case Outcome.StillUnknown _ -> {} // it says nothing
    }
  }
}
