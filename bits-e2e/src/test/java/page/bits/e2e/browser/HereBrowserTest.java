/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.db.PeerStatus;
import page.bits.e2e.BitsProcess;
import page.bits.testkit.Await;

/// How many people are at a creator's page, in browsers on two nodes.
final class HereBrowserTest {
  private static final String PATH = "/c/mira";
  private static final String ONE = "1 person here";
  private static final String TWO = "2 people here";

  @TempDir private Path folder;

  @Test
  void here_browsersOnTwoNodes_arePeopleUntilTheyAreClosed() {
    try (var cluster = Cluster.start(folder);
        var chromium = Chromium.start()) {
      var anns = chromium.person(1280);
      HerePage ann = HerePage.open(anns, cluster.address(), PATH);
      ann.awaitPeople(ONE);
      HerePage bob = HerePage.open(chromium.person(390), cluster.address(), PATH);
      bob.moveAwayFrom(ann);
      ann.awaitPeople(TWO);
      bob.awaitPeople(TWO);
      ann.screenshots("here-1280");
      bob.screenshots("here-390");

      bob.forget();
      for (String path : List.of(PATH + "/before/9", PATH, "/c/june", PATH, PATH)) {
        ann.go(path); // each on the next node
      }
      ann.awaitPeople(TWO);
      HerePage second = HerePage.open(anns, cluster.address(), PATH);
      second.awaitPeople(TWO);
      ann.close();
      second.close();
      bob.awaitPeople(ONE);
      bob.assertShown(TWO, ONE);
    }
  }

  @Test
  void here_nodeKilledBehindBalancer_nobodyIsSeenToGo() {
    try (var cluster = Cluster.start(folder);
        var chromium = Chromium.start();
        Connection database = Bits.connect(cluster.dbToRead())) {
      HerePage ann = HerePage.open(chromium.person(1280), cluster.address(), PATH);
      HerePage bob = HerePage.open(chromium.person(390), cluster.address(), PATH);
      ann.moveAwayFrom(bob);
      bob.awaitPeople(TWO);
      bob.forget();
      String killed = ann.node();
      cluster.kill(killed);
      ann.awaitNodeOtherThan(killed);
      Await.until("the killed node's session is ended", () -> openSessions(database) == 1);
      ann.awaitPeople(TWO);
      HerePage third = HerePage.open(chromium.person(390), cluster.address(), PATH);
      third.awaitPeople("3 people here");
      bob.awaitPeople("3 people here");
      bob.assertShown(TWO, "3 people here");
    }
  }

  @Test
  void here_nodeKilledWithoutBalancer_isGoneUntilItIsBack() {
    try (var cluster = Cluster.start(folder);
        var chromium = Chromium.start()) {
      HerePage ann = HerePage.open(chromium.person(1280), cluster.address("n1"), PATH);
      HerePage bob = HerePage.open(chromium.person(390), cluster.address("n2"), PATH);
      ann.awaitPeople(TWO);
      bob.awaitPeople(TWO);
      bob.forget();
      cluster.kill("n1");
      bob.awaitPeople(ONE);
      cluster.startAgain("n1");
      bob.awaitPeople(TWO);
      ann.awaitPeople(TWO);
      bob.assertShown(TWO, ONE, TWO);
    }
  }

  /// Nobody is there to find it missing but the next one on the same file.
  @Test
  void here_onlyNodeKilled_theNextShowsWhoCameBackAndNobodyElse() {
    String db = "bits:sqlite:" + folder.resolve("here.db");
    try (var chromium = Chromium.start();
        BitsProcess first = serve(db, "0")) {
      HerePage ann = HerePage.open(chromium.person(1280), first.address(), PATH);
      HerePage bob = HerePage.open(chromium.person(390), first.address(), PATH);
      ann.awaitPeople(TWO);
      first.kill();
      bob.close();
      String port = Integer.toString(URI.create(first.address()).getPort());
      try (BitsProcess next = serve(db, port);
          Connection database = Bits.connect(db + "?mode=read")) {
        assertThat(next.address()).isEqualTo(first.address());
        ann.awaitPeople(ONE);
        assertThat(openSessions(database)).isEqualTo(1);
      }
    }
  }

  private BitsProcess serve(String db, String port) {
    return BitsProcess.start(folder, "serve", "--db", db, "--port", port, "--demo");
  }

  @Test
  void here_twoHundredStreamsIdle_costNoTransaction() {
    try (var cluster = Cluster.start(folder);
        var chromium = Chromium.start();
        var streams = new Streams();
        Connection database = Bits.connect(cluster.dbToRead())) {
      HerePage ann = HerePage.open(chromium.person(1280), cluster.address(), PATH);
      for (int i = 0; i < 200; i++) {
        streams.open(cluster.address(i % 2 == 0 ? "n1" : "n2"), PATH);
      }
      ann.awaitPeople("201 people here");
      long before = database.sync().basisT();
      long beats = beats(database);
      Await.until("both nodes beat on", () -> beats(database) >= beats + 10);
      assertThat(database.sync().basisT()).isEqualTo(before);
      streams.leave();
      ann.awaitPeople(ONE);
    }
  }

  private static long openSessions(Connection database) {
    return database
        .sync()
        .query("[:find ?s :where [?s :bits.session/open true]]")
        .column(Long.class)
        .size();
  }

  private static long beats(Connection database) {
    return database.status().peers().stream().mapToLong(PeerStatus::beat).sum();
  }
}
