/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.PeerStatus;
import page.bits.db.TxReport;
import page.bits.db.TxReports;
import page.bits.live.test.OpenPage;
import page.bits.live.test.TestSite;
import page.bits.live.test.Visitor;

/// How many people are at a creator's page, on two nodes with peers of their own.
final class HereTest {
  private final String uri = "bits:mem:here-" + UUID.randomUUID();
  private final Connection one = Bits.connect(uri);
  private final Connection two = Bits.connect(uri + "?user=elsewhere");
  private final TestSite site =
      TestSite.of(
          App.site(one, InstantSource.system(), /* isDemo= */ true),
          App.site(two, InstantSource.system(), /* isDemo= */ true));

  @AfterEach
  void close() {
    site.close();
    two.close();
    one.close();
    Bits.delete(uri);
  }

  private static void awaitPeople(OpenPage page, String text) {
    page.await("here", text::equals);
  }

  @Test
  void here_countsPeopleAndNotTheirWindows_onBothNodes() {
    Visitor ann = site.visitor(0);
    OpenPage desk = ann.open("/c/mira");
    awaitPeople(desk, "1 person here");
    OpenPage another = ann.open("/c/mira/before/9");
    OpenPage phone = site.visitor(1).open("/c/mira");
    for (OpenPage page : List.of(desk, another, phone)) {
      awaitPeople(page, "2 people here");
    }
    OpenPage elsewhere = site.visitor(1).open("/c/june");
    awaitPeople(elsewhere, "1 person here");
    another.close();
    desk.close();
    awaitPeople(phone, "1 person here");
    assertThat(phone.loads()).isEqualTo(1);
  }

  @Test
  void here_accountWithTwoBrowsers_isOnePerson() {
    OpenPage guest = site.visitor(0).open("/c/mira");
    awaitPeople(guest, "1 person here");
    signedIn(0, "tadeo").open("/c/mira");
    awaitPeople(guest, "2 people here");
    OpenPage second = signedIn(1, "tadeo").open("/c/mira");
    OpenPage third = site.visitor(1).open("/c/mira");
    awaitPeople(guest, "3 people here");
    awaitPeople(second, "3 people here");
    awaitPeople(third, "3 people here");
  }

  private Visitor signedIn(int node, String name) {
    Visitor visitor = site.visitor(node);
    visitor.open("/sign-in").submit("/sign-in", Map.of("name", name, "password", "open house"));
    return visitor;
  }

  @Test
  void here_goingFromPageToPage_isNoLeaving() {
    Visitor ann = site.visitor(0);
    OpenPage page = ann.open("/c/mira");
    awaitPeople(page, "1 person here");
    try (TxReports reports = two.txReports()) {
      for (int i = 0; i < 5; i++) {
        page.close();
        page = ann.open(i % 2 == 0 ? "/c/mira/before/9" : "/c/mira");
      }
      OpenPage bob = site.visitor(1).open("/c/mira");
      awaitPeople(bob, "2 people here");
      TxReport report;
      do {
        report = reports.take();
        assertThat(report.txData()).allMatch(datom -> datom.added());
      } while (report.t() < one.db().basisT());
    }
  }

  @Test
  void here_pageOfNobody_saysNothing() {
    OpenPage missing = site.visitor(0).open("/c/nobody");
    OpenPage mira = site.visitor(0).open("/c/mira");
    awaitPeople(mira, "1 person here");
    assertThat(missing.html()).doesNotContain("here\"");
    assertThat(one.db().query("[:find ?e :where [?e :here/visitor]]").column(Long.class))
        .hasSize(1);
  }

  @Test
  void here_creatorWhoComesLater_countsThoseWhoWait() {
    OpenPage waiting = site.visitor(0).open("/c/newcomer");
    assertThat(waiting.html()).contains("There is no creator of that name.");
    Object _ = two.transact(List.of(Map.of(":creator/handle", "newcomer", ":creator/name", "New")));
    awaitPeople(waiting, "1 person here");
    assertThat(waiting.loads()).isEqualTo(1);
  }

  @Test
  void here_whoComes_isRenderedOnceForAllPagesOfTheOtherNode() {
    var pages = new ArrayList<OpenPage>();
    for (int i = 0; i < 50; i++) {
      pages.add(site.visitor(1).open("/c/mira"));
    }
    pages.forEach(page -> awaitPeople(page, "50 people here"));
    double before = renders();
    site.visitor(0).open("/c/mira");
    pages.forEach(page -> awaitPeople(page, "51 people here"));
    assertThat(renders() - before).isEqualTo(1);
  }

  /// Of the fragment, on the second node.
  private double renders() {
    return site.metric(1, "bits_fragment_renders_total{fragment=\"here\"}");
  }

  @Test
  void here_twoHundredStreamsIdle_costNoTransaction() {
    var pages = new ArrayList<OpenPage>();
    for (int i = 0; i < 200; i++) {
      pages.add(site.visitor(i % 2).open("/c/mira"));
    }
    pages.forEach(page -> awaitPeople(page, "200 people here"));
    long head = one.status().headPosition();
    long beats = beats();
    while (beats() < beats + 6) { // both processes beat on, once a second each
      Thread.onSpinWait();
    }
    assertThat(one.status().headPosition()).isEqualTo(head);
    assertThat(pages).allMatch(page -> page.loads() == 1);
  }

  private long beats() {
    return one.status().peers().stream().mapToLong(PeerStatus::beat).sum();
  }
}
