/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.stream.Stream;

/// Holds what a subscriber saw against the log. Confined to one thread.
final class FeedCheck {
  private final Report report;
  private final Log log;
  private final String name;
  private final Presence presence;
  private final TimeCheck time;
  private int at = -1;
  private long delivered;

  FeedCheck(Report report, Log log, Presence presence, String name, TimeCheck time) {
    this.report = report;
    this.log = log;
    this.presence = presence;
    this.name = name;
    this.time = time;
  }

  /// Answers how many reports there were.
  long check(Stream<Feed.Line> lines) {
    lines.forEach(
        line -> {
          switch (line) {
            case Feed.Opened opened -> opened(opened);
            case Feed.Delivered report -> delivered(report);
            case Feed.Drained drained -> drained(drained);
            case Feed.Stuck(String code) ->
                report.check(Invariant.I26, false, () -> name + " could not go on: " + code);
          }
        });
    return delivered;
  }

  private void opened(Feed.Opened opened) {
    at = log.index(opened.after().t());
    long digest = opened.after().digest();
    report.check(
        Invariant.I4,
        at > -2 && log.chain(at) == digest,
        () -> "the log does not hold the cursor " + opened.after() + " of " + name);
  }

  private void delivered(Feed.Delivered line) {
    delivered++;
    int next = at + 1;
    boolean isNext = next < log.size() && log.t(next) == line.t() && log.t(at) == line.prevT();
    long expected = next < log.size() ? log.t(next) : -1;
    report.check(
        Invariant.I23,
        isNext && log.hash(next) == line.hash(),
        () ->
            name
                + " was to see "
                + expected
                + " after "
                + log.t(next - 1)
                + " and saw "
                + line
                + (isNext ? ", whose data are others" : ""));
    at = isNext ? next : log.index(line.t());
    report.check(
        Invariant.I4,
        at >= 0 && log.chain(at) == line.digest(),
        () -> "the chain of " + name + " is another at " + line);
    report.check(
        Invariant.I24,
        line.basis() >= line.t()
            && line.after().t() == line.t()
            && line.before().t() == line.prevT(),
        () -> name + " saw values of another moment: " + line);
    value(line, line.before());
    value(line, line.after());
  }

  /// The very value of a moment shows who was here then; a report that has not both of its values
  /// may show nobody.
  private void value(Feed.Delivered line, Feed.Value value) {
    long said = presence.state(value.t());
    report.check(
        Invariant.I32,
        value.presence() == said || (!value.isExact() && value.presence() == 0),
        () -> name + " was to see " + said + " of what is ephemeral in " + value + " of " + line);
  }

  private void drained(Feed.Drained drained) {
    long seen = time.seenBefore(drained.askedNanos());
    report.check(
        Invariant.I26,
        log.t(at) == drained.t() && drained.t() >= seen,
        () ->
            name
                + " ended at "
                + log.t(at)
                + ", the head was "
                + drained.t()
                + ", and "
                + seen
                + " had been seen before");
  }
}
