/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.e2e.BitsProcess;
import page.bits.e2e.Haproxy;
import page.bits.e2e.Http;
import page.bits.e2e.Postgres;
import page.bits.edn.Edn;

/// What Bits is for: written on one node, seen in a browser on another.
///
/// Two people with browsers of their own look at one creator's page, one on a wide screen, one on a
/// narrow one. Also on one node with an embedded database, where the path is the same.
final class TwoNodesTest {
  private static final int WIDE = 1280;
  private static final int NARROW = 390;

  @TempDir private Path folder;

  @Test
  void post_onOneNodeOfTwo_isSeenOnTheOtherAndSurvivesKillNine() {
    try (var postgres = Postgres.start(folder)) {
      String db = postgres.uri(postgres.newDatabase());
      try (var n1 = serve(db);
          var n2 = serve(db);
          var haproxy = Haproxy.start(folder, List.of(port(n1), port(n2)));
          var chromium = Chromium.start()) {
        String path = firstCreator(haproxy.address());
        var ada = LivePage.open(chromium.person(WIDE), haproxy.address(), path, "n1");
        var bob = LivePage.open(chromium.person(NARROW), haproxy.address(), path, "n2");
        speak(ada, bob, "two-nodes");

        n1.kill();
        bob.post("Said on the node that is left");
        ada.awaitPost("Said on the node that is left");
        ada.post("Said by the one whose node was killed");
        bob.awaitPost("Said by the one whose node was killed");

        ada.screenshot("two-nodes-after-kill-1280");
        agree(ada, bob);
        assertThat(posts(db))
            .containsExactlyInAnyOrder(
                "First words",
                "An answer",
                "Said on the node that is left",
                "Said by the one whose node was killed");
      }
    }
  }

  @Test
  void post_inOneWindowOfTwoOnOneNode_isSeenInTheOther() {
    String db = "bits:sqlite:" + folder.resolve("embedded.db");
    try (var node = serve(db);
        var chromium = Chromium.start()) {
      String path = firstCreator(node.address());
      var ada = LivePage.open(chromium.person(WIDE), node.address(), path, "");
      var bob = LivePage.open(chromium.person(NARROW), node.address(), path, "");
      speak(ada, bob, "one-node");
      agree(ada, bob);
      assertThat(posts(db)).containsExactlyInAnyOrder("First words", "An answer");
    }
  }

  /// These signs end a line for a pattern of the script, and do not end one of the stream.
  @Test
  void post_withLineSeparators_isTextAndNoEvent() {
    String db = "bits:sqlite:" + folder.resolve("separators.db");
    try (var node = serve(db);
        var chromium = Chromium.start()) {
      String path = firstCreator(node.address());
      var ada = LivePage.open(chromium.person(WIDE), node.address(), path, "");
      var bob = LivePage.open(chromium.person(NARROW), node.address(), path, "");
      ada.post("Before\u2028event: leave\u2029data: <p>x</p>\u2028after");
      ada.post("Written after that");
      bob.awaitPost("Written after that");
      agree(ada, bob);
      assertThat(bob.posts().get(1))
          .startsWith("Before")
          .contains("event: leave")
          .endsWith("after");
    }
  }

  /// Each sees what the other posts, and keeps what he was typing.
  private static void speak(LivePage ada, LivePage bob, String screenshots) {
    bob.type("half-typed by Bob");
    ada.post("First words");
    ada.awaitPost("First words");
    bob.awaitPost("First words");
    assertThat(bob.typed()).isEqualTo("half-typed by Bob");
    ada.screenshot(screenshots + "-1280");
    bob.screenshot(screenshots + "-390");

    ada.type("half-typed by Ada");
    bob.post("An answer");
    ada.awaitPost("An answer");
    assertThat(ada.typed()).isEqualTo("half-typed by Ada");
  }

  private static void agree(LivePage ada, LivePage bob) {
    for (LivePage page : List.of(ada, bob)) {
      page.assertNotReloaded();
      page.assertNeverWentBack();
    }
    assertThat(ada.posts()).isEqualTo(bob.posts());
  }

  private BitsProcess serve(String db) {
    var node = BitsProcess.start(folder, "serve", "--db", db, "--port", "0", "--demo");
    Http.awaitOk(node.address() + "/-/health");
    return node;
  }

  private static int port(BitsProcess node) {
    return Integer.parseInt(node.address().substring(node.address().lastIndexOf(':') + 1));
  }

  private static String firstCreator(String address) {
    return Pattern.compile("href=\"(/c/[^\"]+)\"")
        .matcher(Http.get(address + "/").body())
        .results()
        .map((MatchResult result) -> result.group(1))
        .sorted()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no creator on the first page"));
  }

  /// The texts of all posts that these tests made, from a process of its own.
  private List<String> posts(String db) {
    String query = "[:find ?text ?post :where [?post :post/text ?text]]";
    String rows = BitsProcess.run(folder, "q", "--db", db, query).done();
    return ((Set<?>) Objects.requireNonNull(Edn.read(rows)))
        .stream()
            .map(row -> String.valueOf(((List<?>) row).getFirst()))
            .filter(text -> text.matches("First words|An answer|Said .*"))
            .toList();
  }
}
