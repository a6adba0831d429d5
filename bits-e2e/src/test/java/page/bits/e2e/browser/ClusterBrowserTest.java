/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.e2e.BitsProcess;

/// What `scripts/cluster-demo` shows: one creator at a desk and with a phone, on two nodes, one of
/// which is killed and the other stopped. With `BITS_DEMO` set it tells what it does; with
/// `BITS_DEMO=stay` it leaves everything running at the end, to be looked at.
final class ClusterBrowserTest {
  private static final String DEMO = String.valueOf(System.getenv("BITS_DEMO"));
  private static final String PATH = "/c/mira";

  @TempDir private Path folder;

  @Test
  void cluster_nodeKilledAndNodeStopped_browsersGoOnAndAgree() throws InterruptedException {
    try (var cluster = Cluster.start(folder);
        var chromium = Chromium.start()) {
      tell(
          "Two nodes on one PostgreSQL, haproxy hands each request to the next: %s",
          cluster.address());
      var desk = LivePage.open(chromium.person(1280), cluster.address(), PATH, "");
      var phone = LivePage.open(chromium.person(390), cluster.address(), PATH, "");
      spread(desk, phone);
      tell(
          "Mira is signed in at her desk (stream on %s) and with her phone (on %s).",
          desk.node(), phone.node());
      crossOver(desk, phone);
      killDesksNode(cluster, desk, phone);
      stopTheOther(cluster, desk, phone);
      for (LivePage page : List.of(desk, phone)) {
        page.assertNotReloaded();
        page.assertNeverWentBack();
        page.assertEqualsFreshPage();
      }
      tell(
          "Neither page was loaded again, every cursor only grew, and each equals a page opened now.");
      desk.screenshot("cluster-1280");
      phone.screenshot("cluster-390");
      desk.signOutEverywhere();
      desk.awaitSignedOut();
      phone.awaitSignedOut();
      tell("She signs out everywhere at the desk: the phone is signed out by itself.");
      if (DEMO.equals("stay")) {
        tell("Left running at %s; Ctrl-C ends it.", cluster.address());
        new CountDownLatch(1).await();
      }
    }
  }

  /// One request after the other goes to the next node; some reconnects later they differ.
  private static void spread(LivePage desk, LivePage phone) {
    desk.awaitNodeOtherThan("");
    phone.awaitNodeOtherThan("");
    while (desk.node().equals(phone.node())) {
      phone.reconnect();
    }
  }

  private static void crossOver(LivePage desk, LivePage phone) {
    phone.type("half a sentence on the phone");
    desk.post("Written at the desk");
    phone.awaitPost("Written at the desk");
    tell("A post written at the desk is on the phone.");
    phone.like("Written at the desk");
    desk.awaitLikes("Written at the desk", 1);
    tell("A like from the phone is at the desk.");
    desk.edit("Written at the desk", "Written and edited at the desk");
    desk.awaitPost("Written and edited at the desk");
    phone.awaitPost("Written and edited at the desk");
    assertThat(phone.typed()).isEqualTo("half a sentence on the phone");
    tell("An edit is in both, and the half sentence on the phone is still there.");
  }

  private static void killDesksNode(Cluster cluster, LivePage desk, LivePage phone) {
    String killed = desk.node();
    cluster.kill(killed);
    tell("kill -9 %s, which the desk's stream is on.", killed);
    phone.post("Written after the kill");
    desk.awaitPost("Written after the kill");
    desk.awaitNodeOtherThan(killed);
    desk.post("And an answer from the desk");
    phone.awaitPost("And an answer from the desk");
    tell("The desk went on by itself on %s; posts cross over as before.", desk.node());
    cluster.startAgain(killed);
    tell("%s is back.", killed);
  }

  private static void stopTheOther(Cluster cluster, LivePage desk, LivePage phone) {
    String stopped = desk.node();
    BitsProcess.Result end = cluster.stop(stopped);
    assertThat(end.err())
        .as("what %s said as it ended", stopped)
        .doesNotContainPattern("(?i)error|exception|warn");
    assertThat(end.exit()).isZero();
    tell("SIGTERM to %s: it ends without an error line.", stopped);
    desk.awaitNodeOtherThan(stopped);
    phone.awaitNodeOtherThan(stopped);
    phone.post("Written after the stop");
    desk.awaitPost("Written after the stop");
    tell("Both went on, on %s.", desk.node());
  }

  private static void tell(String text, Object... values) {
    if (!DEMO.equals("null")) {
      System.out.println("  " + text.formatted(values));
    }
  }
}
