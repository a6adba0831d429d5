/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.e2e.BitsProcess;
import page.bits.e2e.Postgres;

/// The example in its own process, as a newcomer starts it: on one node, and on two.
final class GuestbookBrowserTest {
  private static final int NARROW = 390;
  private static final int WIDE = 1280;

  @TempDir private Path folder;

  @Test
  void entry_onOneNode_isSeenInTheOtherWindow() {
    try (var node = start("bits:sqlite:guestbook.db");
        var chromium = Chromium.start()) {
      write(chromium, node.address(), node.address());
      assertThat(Files.exists(folder.resolve("guestbook.db"))).isTrue();
    }
  }

  @Test
  void entry_onOneNodeOfTwo_isSeenOnTheOther() {
    try (var postgres = Postgres.start(folder)) {
      String db = postgres.uri(postgres.newDatabase());
      try (var n1 = start(db);
          var n2 = start(db);
          var chromium = Chromium.start()) {
        write(chromium, n1.address(), n2.address());
      }
    }
  }

  private static void write(Chromium chromium, String here, String there) {
    var ada = Window.open(chromium.person(NARROW), here + "/");
    var bob = Window.open(chromium.person(WIDE), there + "/");
    sign(ada, "Ada", "Good morning <b>all</b>");
    bob.awaitText("li p", "Good morning <b>all</b>");
    bob.at("#text").fill("half a sentence");
    sign(ada, "Ada", "And good night");
    bob.awaitText("li p", "And good night");
    assertThat(bob.at("#text").inputValue()).isEqualTo("half a sentence");
    sign(bob, "Bob", "I was here");
    ada.awaitText("li p", "I was here");
    assertThat(ada.at("li footer").first().textContent()).startsWith("Bob ");
    for (Window window : List.of(ada, bob)) {
      window.awaitText("li:last-child p", "Good morning <b>all</b>");
      window.assertNoComplaint();
    }
    ada.screenshot("guestbook-390");
    bob.screenshot("guestbook-1280");
  }

  private static void sign(Window window, String name, String text) {
    window.at("#name").fill(name);
    window.at("#text").fill(text);
    window.at("button").click();
    window.page().waitForFunction("() => document.querySelector('#text').value === ''");
  }

  private BitsProcess start(String db) {
    Path target = Path.of(System.getProperty("bits.root"), "examples", "guestbook", "target");
    String classPath =
        target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
    String main = "page.bits.examples.guestbook.Guestbook";
    return BitsProcess.startProgram(
        folder, Map.of(), BitsProcess.java(classPath, main, List.of(db, "0")));
  }
}
