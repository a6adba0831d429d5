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
  private final TimeCheck time;
  private int at = -1;
  private long delivered;

  FeedCheck(Report report, Log log, String name, TimeCheck time) {
    this.report = report;
    this.log = log;
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
        line.basis() >= line.t() && line.after() == line.t() && line.before() == line.prevT(),
        () -> name + " saw values of another moment: " + line);
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
