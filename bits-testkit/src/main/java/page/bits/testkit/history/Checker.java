/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import page.bits.testkit.history.Submissions.Submission;

/// Holds histories against the log of their database; see the package for how. Confined to one
/// thread, used once.
public final class Checker {
  /// What one subscriber saw.
  public record Subscriber(String name, Supplier<Stream<Feed.Line>> lines) {}

  /// Codes that say that a transaction was judged, by a value that has to be right.
  private static final String CAS_FAILED = ":db.error/cas-failed";

  private static final String UNIQUE_CONFLICT = ":db.error/unique-conflict";
  private static final String SESSION_ENDED = ":bits.error/session-ended";

  /// The code by which the transfer function refuses.
  public static final String TOO_LITTLE = ":torture/too-little";

  /// Codes that no fault of a run explains.
  private static final List<String> NEVER =
      List.of(":bits.error/internal", ":bits.error/storage-corrupt", ":bits.error/tx-id-reused");

  private static final String FORKED = ":bits.error/log-forked";

  private final Report report = new Report();
  private final Map<String, Map<String, Long>> counts = new TreeMap<>();
  private final Map<String, Long> states = new TreeMap<>();
  private final Submissions submissions = new Submissions();
  private final List<Operation> operations;
  private final TimeCheck time;
  private final Replay replay;
  private final PresenceCheck presence;
  private final Log log;

  private Checker(LogSource source, long setupT, List<HistoryReader.Process> processes) {
    operations = processes.stream().flatMap(process -> process.operations().stream()).toList();
    operations.forEach(submissions::add);
    replay = new Replay(report, submissions, setupT);
    log = new LogCheck(report, replay).log(source);
    presence = new PresenceCheck(report, replay.presence(), operations);
    time = new TimeCheck(operations);
  }

  /// Checks everything. The transactions up to `setupT` made the schema and the things.
  public static Verdict check(
      LogSource log,
      long setupT,
      List<HistoryReader.Process> processes,
      List<Subscriber> subscribers) {
    var checker = new Checker(log, setupT, processes);
    checker.submissions.all().forEach(checker::submission);
    checker.operations.forEach(checker::operation);
    processes.forEach(checker::sessions);
    for (Subscriber subscriber : subscribers) {
      var feed =
          new FeedCheck(
              checker.report,
              checker.log,
              checker.replay.presence(),
              subscriber.name(),
              checker.time);
      checker.states.merge("reports", feed.check(subscriber.lines().get()), Long::sum);
    }
    checker.states.put("transactions", (long) checker.log.size());
    checker.states.put("sessions opened", checker.replay.presence().opened());
    checker.states.put("sessions ended", checker.replay.presence().ended());
    return new Verdict(
        checker.counts,
        checker.report.checked(),
        checker.states,
        checker.report.kept(),
        checker.report.violations());
  }

  // --- transactions and the log -------------------------------------------------------------

  private void submission(Submission submission) {
    long t = submission.t();
    long seenBefore = Long.MAX_VALUE;
    for (Operation operation : submission.operations()) {
      acknowledged(operation, submission);
      seenBefore = Math.min(seenBefore, time.seenBefore(operation));
    }
    long least = seenBefore;
    if (t > 0) {
      report.check(
          Invariant.I9,
          t > least,
          () -> "at " + t + ", though " + least + " had been seen before: " + submission);
    }
  }

  private void acknowledged(Operation operation, Submission submission) {
    long t = submission.t();
    switch (operation.answer()) {
      case Answer.Committed(long named, long _) ->
          report.check(
              Invariant.I6,
              t == named,
              () -> (t == 0 ? "not in the log: " : "in the log at " + t + ": ") + operation);
      case Answer.Refused(String _, long _, long basis) -> absent(operation, submission, basis);
      case Answer.Failed _ -> notByThis(operation, submission);
      case Answer.Unknown _ -> decided("unknown", t);
      case null -> decided("unanswered", t);
      case Answer.Seen _, Answer.Unread _, Answer.Told _ -> {}
    }
  }

  /// Not there; or by another operation that submitted it again, after this answer.
  private void absent(Operation operation, Submission submission, long basis) {
    long t = submission.t();
    report.check(
        Invariant.I7,
        t == 0 || (submission.isRepeated() && t > basis),
        () -> "in the log at " + t + ": " + operation);
  }

  /// Never tried; under its id another submission of it may be there, earlier or later.
  private void notByThis(Operation operation, Submission submission) {
    report.check(
        Invariant.I7,
        submission.t() == 0
            || submission.operations().stream()
                .anyMatch(
                    other ->
                        other.answer() == null
                            || other.answer() instanceof Answer.Committed
                            || other.answer() instanceof Answer.Unknown),
        () -> "in the log at " + submission.t() + ": " + operation);
  }

  private void decided(String how, long t) {
    state(how + (t > 0 ? ", committed" : ", not committed"));
  }

  private void state(String name) {
    states.merge(name, 1L, Long::sum);
  }

  // --- what was seen ------------------------------------------------------------------------

  private void operation(Operation operation) {
    Answer answer = operation.answer();
    counts
        .computeIfAbsent(operation.request().word(), _ -> new TreeMap<>())
        .merge(answer == null ? "unanswered" : answer.word(), 1L, Long::sum);
    switch (answer) {
      case Answer.Seen seen when operation.request() instanceof Request.Read read ->
          read(operation, read, seen);
      case Answer.Told told when operation.request() instanceof Request.Ask ask ->
          told(operation, ask, told);
      case Answer.Seen seen when operation.request() instanceof Request.Hold(long mark) ->
          presence.held(operation, mark, seen);
      case Answer.Seen seen when operation.request() instanceof Request.Alive alive ->
          presence.alive(operation, alive, seen);
      case Answer.Refused refused -> refused(operation, refused);
      case Answer.Failed(String code, long _) -> explained(operation, code);
      case Answer.Unknown(String code, long _) -> explained(operation, code);
      case Answer.Unread(String code, long _) -> explained(operation, code);
      case null, default -> {}
    }
  }

  private void explained(Operation operation, String code) {
    report.check(Invariant.I36, !code.equals(FORKED), () -> "stopped: " + operation);
    report.check(Invariant.I38, !NEVER.contains(code), () -> "no fault explains " + operation);
  }

  private void read(Operation operation, Request.Read read, Answer.Seen seen) {
    boolean isAsOf = read.mode() == Request.Mode.AS_OF;
    boolean isEphemeral = read.thing().isEphemeral();
    long state = isAsOf && isEphemeral ? 0 : replay.state(read.thing(), seen.at());
    Invariant invariant =
        isEphemeral
            ? (isAsOf ? Invariant.I34 : Invariant.I32)
            : (isAsOf ? Invariant.I17 : Invariant.I21);
    report.check(
        invariant,
        state == seen.state() && (isAsOf || log.index(seen.at()) > -2),
        () -> "the log says " + state + " at " + seen.at() + ": " + operation);
    if (read.mode() == Request.Mode.SYNC) {
      long before = time.seenBefore(operation);
      report.check(
          Invariant.I20, seen.at() >= before, () -> before + " had been seen before: " + operation);
    }
  }

  private void told(Operation operation, Request.Ask ask, Answer.Told told) {
    Submission submission = submissions.of(ask.tag());
    if (submission == null || told.t() < 0) {
      return;
    }
    long t = submission.t();
    // Absent is said of the log as it was after the question: it may come later, from elsewhere.
    report.check(
        Invariant.I8,
        told.t() > 0 ? t == told.t() : t == 0 || t > time.seenBefore(operation),
        () -> "in the log at " + t + ": " + operation);
  }

  /// A refusal has to have been true at some moment from the newest that anyone had seen when it
  /// was asked for, to what the peer showed after it.
  private void refused(Operation operation, Answer.Refused refused) {
    long low = time.seenBefore(operation);
    long high = Math.max(low, refused.basis());
    boolean isTrue =
        switch (operation.request()) {
          case Request.Cas(int cell, long expected, long _) ->
              refused.code().equals(CAS_FAILED)
                  && replay.ever(
                      Thing.cell(cell),
                      low,
                      high,
                      value -> value == refused.found() && value != expected);
          case Request.Transfer(int from, int _, long amount) ->
              refused.code().equals(TOO_LITTLE)
                  && replay
                      .balance(from)
                      .everBetween(
                          low, high, 0, value -> value == refused.found() && value < amount);
          case Request.Claim(int owner, long badge) ->
              refused.code().equals(UNIQUE_CONFLICT)
                  && replay.ever(
                      Thing.badge(badge),
                      low,
                      high,
                      holder -> holder != owner && holder == replay.owner(refused.found()));
          case Request.Sit(int _, UUID session, long _) ->
              refused.code().equals(SESSION_ENDED) && presence.isEnded(session, high);
          case Request.End(UUID session) ->
              refused.code().equals(SESSION_ENDED) && presence.isEnded(session, high);
          default -> false;
        };
    report.check(
        Invariant.I20,
        isTrue,
        () ->
            "was not so from "
                + low
                + " to "
                + high
                + " ("
                + around(operation, low, high)
                + "): "
                + operation);
  }

  private String around(Operation operation, long low, long high) {
    return switch (operation.request()) {
      case Request.Cas(int cell, long _, long _) ->
          replay.statesBetween(Thing.cell(cell), low, high);
      case Request.Transfer(int from, int _, long _) -> replay.balance(from).between(low, high);
      case Request.Claim(int _, long badge) -> replay.statesBetween(Thing.badge(badge), low, high);
      default -> "nothing can refuse it";
    };
  }

  // --- sessions -----------------------------------------------------------------------------

  private record Session(long basis, long lastT, Operation last) {}

  /// Each client of a process did one thing after the other, or handed over several in a row.
  private void sessions(HistoryReader.Process process) {
    Map<String, Session> sessions = new HashMap<>();
    for (Operation operation : process.operations()) {
      sessions.compute(operation.client(), (_, before) -> session(before, operation));
      report.check(
          Invariant.I38,
          operation.answer() != null || !process.isEnded(),
          () -> "its process ended by itself: " + operation);
    }
  }

  private Session session(@Nullable Session before, Operation operation) {
    long t = operation.answer() instanceof Answer.Committed(long named, long _) ? named : 0;
    report.check(
        Invariant.I19,
        operation.basisAfter() >= operation.basisBefore() && operation.basisAfter() >= t,
        () -> "db() does not show it: " + operation);
    Submission submission = submissions.of(operation.tag());
    boolean isFirst = submission != null && !submission.isRepeated();
    if (before == null) {
      return new Session(operation.basisAfter(), isFirst ? t : 0, operation);
    }
    boolean isBatch = operation.askedNanos() < before.last().answeredNanos();
    long floor = isBatch ? before.last().basisBefore() : before.basis();
    report.check(
        Invariant.I19,
        operation.basisBefore() >= floor,
        () -> "after " + before.last() + " the view went back: " + operation);
    report.check(
        Invariant.I19,
        t == 0 || !isFirst || t > before.lastT(),
        () -> "after " + before.last() + " comes before it: " + operation);
    return new Session(
        Math.max(before.basis(), operation.basisAfter()),
        isFirst ? Math.max(before.lastT(), t) : before.lastT(),
        operation);
  }
}
