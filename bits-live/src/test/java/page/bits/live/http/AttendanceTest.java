/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.live.Html;
import page.bits.live.LiveError;
import page.bits.live.Page;
import page.bits.live.Site;
import page.bits.live.Viewer;

/// Who is said to watch a page, while streams come and go.
final class AttendanceTest {
  private static final Viewer ANN = new Viewer("ann");
  private static final Viewer BOB = new Viewer("bob");
  private static final Page.Params NONE = new Page.Params(Map.of());

  private final Connection connection = Bits.connect("bits:mem:" + UUID.randomUUID());
  private final Page page;

  AttendanceTest() {
    connection.ensureSchema(
        """
        [{:db/ident :here/visitor :db/valueType :db.type/string
          :db/cardinality :db.cardinality/one :db/ephemeral true}]""");
    page =
        Site.on(connection)
            .page("/", _ -> Html.empty())
            .presence("/", (_, viewer) -> Map.of(":here/visitor", viewer.id()))
            .pages()
            .getFirst();
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void arrive_twoWindowsOfAViewer_areOnePresenceUntilTheLastIsGone() {
    try (var attendance = new Attendance(connection, Duration.ZERO);
        TxReports reports = connection.txReports()) {
      Attendance.Place first = attendance.arrive(page, NONE, ANN);
      Attendance.Place second = attendance.arrive(page, NONE, ANN);
      awaitHere("ann");
      first.close();
      Attendance.Place bob = attendance.arrive(page, NONE, BOB);
      awaitHere("ann", "bob");
      assertThat(retractions(reports)).isEmpty();
      second.close();
      awaitHere("bob");
      bob.close();
      awaitHere();
    }
  }

  @Test
  void arrive_againBeforeItCounts_neverWasAway() {
    try (var attendance = new Attendance(connection, Duration.ofHours(1));
        TxReports reports = connection.txReports()) {
      for (int i = 0; i < 100; i++) {
        attendance.arrive(page, NONE, ANN).close();
      }
      awaitHere("ann");
      Attendance.Place _ = attendance.arrive(page, NONE, BOB);
      awaitHere("ann", "bob");
      assertThat(retractions(reports)).isEmpty();
    }
    awaitHere(); // the node ended
  }

  @Test
  void leave_asANodeIsSetUp_countsAfterThreeSecondsAndNotBefore() {
    try (var attendance = new Attendance(connection, Attendance.LINGER)) {
      Attendance.Place ann = attendance.arrive(page, NONE, ANN);
      Attendance.Place _ = attendance.arrive(page, NONE, BOB);
      awaitHere("ann", "bob");
      long leftNanos = System.nanoTime();
      ann.close();
      awaitHere("bob");
      assertThat(Duration.ofNanos(System.nanoTime() - leftNanos))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }
  }

  @Test
  void arrive_withoutAVisitorsCookieOrWithoutFacts_isNobody() {
    Page silent = Site.on(connection).page("/", _ -> Html.empty()).pages().getFirst();
    try (var attendance = new Attendance(connection, Duration.ZERO)) {
      attendance.arrive(page, NONE, Viewer.NOBODY).close();
      attendance.arrive(silent, NONE, ANN).close();
      Attendance.Place _ = attendance.arrive(page, NONE, BOB);
      awaitHere("bob");
    }
  }

  @Test
  void presence_ofAPageThatIsNotDeclared_isRefused() {
    Site site = Site.on(connection);
    assertThatThrownBy(() -> site.presence("/", (_, _) -> Map.of()))
        .hasMessageContaining(LiveError.INVALID_SITE.code());
  }

  private void awaitHere(String... visitors) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!here().equals(List.of(visitors))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("here are " + here() + ", not " + List.of(visitors));
      }
      Thread.onSpinWait();
    }
  }

  private List<String> here() {
    return connection
        .db()
        .query("[:find ?v :where [_ :here/visitor ?v]]")
        .column(String.class)
        .stream()
        .sorted()
        .toList();
  }

  private List<?> retractions(TxReports reports) {
    long until = connection.db().basisT();
    var found = new java.util.ArrayList<>();
    TxReport report;
    do {
      report = reports.take();
      report.txData().stream().filter(datom -> !datom.added()).forEach(found::add);
    } while (report.t() < until);
    return found;
  }
}
