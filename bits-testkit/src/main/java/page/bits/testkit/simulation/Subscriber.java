/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Cursor;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.error.BitsException;

/// Someone who reads reports, through one process after the other, and goes on where it stopped.
final class Subscriber {
  /// A report, and where the storage's log ended when it came.
  record Seen(Cursor cursor, List<Datom> data, long head) {}

  private final int number;
  private final Simulation simulation;
  private final SplittableRandom random;
  private final boolean isSlow;
  private final List<Seen> seen = new ArrayList<>();
  private @Nullable Cursor start;
  private @Nullable Life life;
  private long lastT = -1;

  Subscriber(int number, Simulation simulation, SplittableRandom random) {
    this.number = number;
    this.simulation = simulation;
    this.random = random;
    this.isSlow = random.nextInt(3) == 0;
  }

  /// Whether nobody runs it at the moment.
  boolean isHomeless() {
    Life now = life;
    return now == null || now.isOver();
  }

  void moveTo(Life next) {
    life = next;
    next.start("subscriber " + number, () -> run(next));
  }

  private void run(Life home) {
    while (life == home && !home.isOver()) {
      try (TxReports reports = open(home.connection())) {
        if (start == null) {
          start = reports.cursor();
          lastT = reports.cursor().t();
        }
        read(home, reports);
      } catch (BitsException e) {
        home.checkExpected(e);
        simulation.scheduler().sleep(10_000_000 + random.nextLong(50_000_000));
      }
    }
  }

  private TxReports open(Connection connection) {
    Cursor from = start;
    if (from != null) {
      Cursor cursor = seen.isEmpty() ? from : seen.getLast().cursor();
      if (!seen.isEmpty()) {
        simulation.store().reach(Reached.SUBSCRIBER_RESUMED_ELSEWHERE);
      }
      return connection.txReports(cursor);
    }
    List<Cursor> known = simulation.history().cursors();
    return switch (random.nextInt(3)) {
      case 0 -> connection.txReports();
      case 1 -> connection.txReportsAfter(0);
      default ->
          known.isEmpty()
              ? connection.txReportsAfter(0)
              : connection.txReports(known.get(random.nextInt(known.size())));
    };
  }

  private void read(Life home, TxReports reports) {
    boolean isHealing = simulation.isHealed();
    int until = isHealing ? Integer.MAX_VALUE : 5 + random.nextInt(40);
    for (int i = 0; i < until && life == home && simulation.isHealed() == isHealing; i++) {
      if (isSlow && !isHealing) {
        simulation.scheduler().sleep(random.nextLong(400_000_000));
      }
      var report = reports.poll(Duration.ofMillis(random.nextInt(200)));
      if (report.isPresent() && life == home) { // else it is asked for again elsewhere
        check(home, report.get());
      }
    }
    if (!isHealing && random.nextBoolean() && life == home) {
      simulation.otherHome(home, random).ifPresent(this::moveTo);
    }
  }

  private void check(Life home, TxReport report) {
    long t = report.t();
    Violation.check(
        report.prevT() == lastT,
        23,
        "subscriber %d got %d after %d, not after %d",
        number,
        t,
        report.prevT(),
        lastT);
    lastT = t;
    seen.add(new Seen(report.cursor(), report.txData(), simulation.history().headPosition()));
    long shown = home.connection().db().basisT();
    Violation.check(shown >= t, 24, "subscriber %d got %d when db() was at %d", number, t, shown);
    Db after = report.dbAfter();
    boolean isAsIs = !report.isExact() || after.basisT() == t;
    Violation.check(isAsIs, 24, "the value after %d is of %d", t, after.basisT());
    simulation.history().saw(after, report.isExact() && random.nextInt(40) == 0);
  }

  /// Where it began; null when it never could.
  @Nullable Cursor start() {
    return start;
  }

  List<Seen> seen() {
    return seen;
  }

  long lastT() {
    return lastT;
  }

  @Override
  public String toString() {
    return "subscriber " + number;
  }
}
