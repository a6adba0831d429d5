/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Forms on a live page: what is sent once, what is wrong, and how long that is seen.
final class FormsBrowserTest {
  private static Chromium chromium;
  private static Board board;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    board = Board.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    board.close();
  }

  private static Window open(String name) {
    return Window.open(chromium.person(800), board.address() + "/b/" + name);
  }

  @Test
  void doubleClick_ofTheButton_postsOnce() {
    var ada = open("double");
    ada.at("#text").fill("clicked twice");
    ada.at("#send").dblclick();
    ada.awaitNote("clicked twice");
    ada.send("and another");
    ada.awaitNote("and another");
    assertThat(board.count("clicked twice")).isEqualTo(1);
    assertThat(ada.at("#notes li").allInnerTexts()).containsExactly("and another", "clicked twice");
    assertThat(ada.at("#text").inputValue()).as("given back, empty").isEmpty();
  }

  @Test
  void error_otherFramesArrive_staysUntilASubmitSucceeds() {
    var ada = open("error");
    ada.send("bad word");
    ada.awaitText("#error", "Not this word: bad word");
    assertThat(ada.at("#text").inputValue()).as("what was typed stays").isEqualTo("bad word");

    board.addNote("error", "by somebody else");
    ada.awaitNote("by somebody else");
    board.motto("error", "changes the form itself");
    ada.awaitText("h1", "error");
    board.addNote("error", "and once more");
    ada.awaitNote("and once more");
    assertThat(ada.at("#error").textContent()).isEqualTo("Not this word: bad word");
    assertThat(ada.at("#text").inputValue()).isEqualTo("bad word");

    ada.send("bad again");
    ada.awaitText("#error", "Not this word: bad again");
    ada.send("good word");
    ada.awaitNote("good word");
    ada.awaitText("#error", "");
    ada.awaitText("#about-form", "For changes the form itself");
    assertThat(ada.at("#text").inputValue()).isEmpty();
    assertThat(ada.run("document.querySelector('main, body').innerHTML.includes('morph-skip')"))
        .as("nothing is held any longer")
        .isEqualTo(false);
    ada.assertNotReloaded();
  }

  @Test
  void control_whileUnderWay_isDisabledAndGivenBack() {
    var ada = open("busy");
    ada.run(
        """
        window.seen = [];
        document.addEventListener('htmx:before:response', () => seen.push(document.querySelector('#send').disabled))
        """);
    ada.send("under way");
    ada.awaitNote("under way");
    ada.page().waitForFunction("() => !document.querySelector('#send').disabled");
    assertThat(ada.run("window.seen")).isEqualTo(java.util.List.of(true));
  }

  @Test
  void redirect_ofAnAction_isFollowed() {
    var ada = open("here");
    ada.at("#go").click();
    ada.page().waitForURL("**/b/elsewhere");
    ada.awaitState("live");
  }

  @Test
  void fault_ofTheSite_isToldInWordsAndTheControlIsGivenBack() {
    var ada = open("fault");
    ada.at("#fail").click();
    ada.awaitLine("The fault is ours. Please try again.");
    ada.page().waitForFunction("() => !document.querySelector('#fail').disabled");
    ada.assertNotReloaded();
  }
}
