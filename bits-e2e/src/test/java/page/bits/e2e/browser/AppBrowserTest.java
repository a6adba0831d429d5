/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.e2e.BitsProcess;
import page.bits.e2e.Http;

/// The application with script: sessions over tabs and browsers, and two windows on one post.
final class AppBrowserTest {
  private static final int WIDE = 1280;

  @TempDir private Path folder;

  @Test
  void signInAndOut_inOneTab_isSoInAllOfThem() {
    try (var node = serve();
        var chromium = Chromium.start()) {
      BrowserContext browser = chromium.person(WIDE);
      Page other = browser.newPage();
      other.navigate(node.address() + "/c/mira");
      Page tab = browser.newPage();
      signIn(tab, node.address());
      other.waitForSelector(".composer");

      tab.click("nav form button");
      other.waitForSelector("nav .button");
      other.waitForSelector(".composer", hidden());
      tab.waitForURL(node.address() + "/"); // else it would interrupt the next navigation

      signIn(tab, node.address());
      Page elsewhere = chromium.person(WIDE).newPage();
      signIn(elsewhere, node.address());
      tab.navigate(node.address() + "/settings");
      tab.click("#everywhere button");
      elsewhere.waitForSelector("nav .button");
      elsewhere.waitForSelector(".composer", hidden());
      other.waitForSelector("nav .button");
    }
  }

  /// The answer to a deletion leads on, also when the stream ends the page first.
  @Test
  void delete_fromThePageOfThePost_leadsToTheFeed() {
    try (var node = serve();
        var chromium = Chromium.start()) {
      Page tab = chromium.person(WIDE).newPage();
      signIn(tab, node.address());
      for (int number = 14; number > 10; number--) {
        tab.navigate(node.address() + "/c/mira/" + number + "/edit");
        tab.click(".danger summary");
        tab.click(".danger button");
        tab.waitForURL(node.address() + "/c/mira");
      }
    }
  }

  /// What somebody else saved is not lost, and neither is what was typed meanwhile.
  @Test
  void edit_ofAPostThatIsEditedInAnotherWindow_saysSoAndKeepsWhatWasTyped() {
    try (var node = serve();
        var chromium = Chromium.start()) {
      String post = node.address() + "/c/mira/14";
      Page slow = chromium.person(WIDE).newPage();
      signIn(slow, node.address());
      slow.navigate(post + "/edit");
      slow.fill("#edit-text", "Typed slowly");
      Page fast = chromium.person(WIDE).newPage();
      signIn(fast, node.address());
      fast.navigate(post + "/edit");
      fast.fill("#edit-text", "Typed fast");
      fast.click(".sheet button");
      fast.waitForURL(post);
      slow.waitForFunction(
          "() => document.querySelector('#edit-text').defaultValue === 'Typed fast'");

      slow.click(".sheet button");
      slow.waitForFunction("() => document.querySelector('#edit-error').textContent !== ''");

      assertThat(slow.inputValue("#edit-text")).isEqualTo("Typed slowly");
      assertThat(fast.textContent(".text")).isEqualTo("Typed fast");
      slow.click(".sheet button");
      slow.waitForURL(post);
      fast.waitForFunction("() => document.querySelector('.text').textContent === 'Typed slowly'");
    }
  }

  private BitsProcess serve() {
    String db = "bits:sqlite:" + folder.resolve("demo.db");
    var node = BitsProcess.start(folder, "serve", "--db", db, "--port", "0", "--demo");
    Http.awaitOk(node.address() + "/-/health");
    return node;
  }

  private static Page.WaitForSelectorOptions hidden() {
    return new Page.WaitForSelectorOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
  }

  private static void signIn(Page tab, String address) {
    tab.navigate(address + "/sign-in");
    tab.click("#sample-mira button");
    tab.waitForURL(address + "/c/mira");
    tab.waitForSelector("nav .me");
  }
}
