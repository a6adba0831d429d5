/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two windows on one node. The form lies inside the fragment that the other window's note renders
/// anew: what a visitor was doing stays.
final class TwoWindowsTest {
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
  void note_ofTheOtherWindow_leavesTextCaretFocusDetailsAndScrollAsTheyWere() {
    var ada = open("two");
    var bob = open("two");
    bob.at("#text").fill("half a sentence");
    bob.run("document.querySelector('#text').setSelectionRange(5, 9)");
    bob.at("#about summary").click();
    bob.run("document.querySelector('#box').scrollTop = 123");
    bob.run("window.scrollTo(0, 40)");
    bob.at("#text").focus();

    ada.send("from Ada");
    bob.awaitNote("from Ada");
    ada.send("and again");
    bob.awaitNote("and again");

    assertThat(bob.at("#text").inputValue()).isEqualTo("half a sentence");
    assertThat(bob.run("document.activeElement.id")).isEqualTo("text");
    assertThat(bob.run("(e => e.selectionStart + '-' + e.selectionEnd)(document.activeElement)"))
        .isEqualTo("5-9");
    assertThat(bob.run("document.querySelector('#about').open")).isEqualTo(true);
    assertThat(bob.run("document.querySelector('#box').scrollTop")).isEqualTo(123);
    assertThat(bob.run("Math.round(window.scrollY)")).isEqualTo(40);
    for (Window window : new Window[] {ada, bob}) {
      window.assertNotReloaded();
      window.assertNoComplaint();
    }
  }

  @Test
  void entry_theServersValueChangesUnderIt_stays() {
    var bob = open("entries");
    bob.at("#other").fill("typed by Bob");
    bob.at("#choice").selectOption("two");
    bob.at("#check").check();
    bob.at("#text").focus();

    board.motto("entries", "set by somebody else");
    bob.awaitText("#about-form", "For set by somebody else");

    assertThat(bob.at("#other").inputValue()).isEqualTo("typed by Bob");
    assertThat(bob.at("#choice").inputValue()).isEqualTo("two");
    assertThat(bob.at("#check").isChecked()).isTrue();
    assertThat(bob.run("document.activeElement.id")).isEqualTo("text");
  }

  @Test
  void field_nobodyTouched_takesTheServersNewValue() {
    var bob = open("untouched");
    board.motto("untouched", "first");
    bob.awaitText("#about-form", "For first");
    assertThat(bob.at("#other").inputValue()).isEqualTo("first");
    board.motto("untouched", "second");
    bob.awaitText("#about-form", "For second");
    assertThat(bob.at("#other").inputValue()).isEqualTo("second");
  }
}
