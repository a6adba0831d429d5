/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.e2e.BitsProcess;
import page.bits.e2e.Http;

/// Signing in and out in one tab, seen in another tab of that browser and in another browser.
final class SignInBrowserTest {
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
