/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.List;
import page.bits.e2e.BitsProcess;
import page.bits.e2e.Haproxy;

/// One person's browser on one creator's page, with a diary of what it showed.
///
/// The diary is kept by a script in the page: at every change of the document, the cursor that the
/// page has and the posts that it shows. A variable of the page ([#MARK]) is lost by any reload.
final class LivePage {
  private static final String MARK = "bitsTestMark";

  private static final String DIARY =
      """
      (() => {
        window.bitsDiary = [];
        const look = () => {
          const cookie = document.cookie.match(/bits-cursor=([^;]*)/);
          const posts = [...document.querySelectorAll('.feed .post .text')].map(post => post.textContent);
          window.bitsDiary.push({ t: cookie ? Number(cookie[1].split('-')[0]) : 0, posts });
        };
        document.addEventListener('DOMContentLoaded', () => {
          look();
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
        });
      })();
      """;

  private final Page page;

  private LivePage(Page page) {
    this.page = page;
  }

  /// Opens the page; `node` is the node that the load balancer's cookie names, empty without one.
  static LivePage open(BrowserContext person, String address, String path, String node) {
    person.addInitScript(DIARY);
    if (!node.isEmpty()) {
      person.addCookies(List.of(new Cookie("NODE", node).setUrl(address)));
    }
    Page page = person.newPage();
    signIn(page, address, path.substring(path.lastIndexOf('/') + 1));
    Response response = page.navigate(address + path);
    assertThat(response.status()).isEqualTo(200);
    if (!node.isEmpty()) {
      assertThat(response.headerValue(Haproxy.ANSWERED_BY)).isEqualTo(node);
    }
    page.evaluate("window." + MARK + " = 'kept'");
    return new LivePage(page);
  }

  /// As the creator of that name, with the password that a demo shows.
  private static void signIn(Page page, String address, String name) {
    page.navigate(address + "/sign-in");
    page.fill("#sign-in-name", name);
    page.fill("#sign-in-password", page.locator(".samples-password").textContent());
    page.click("#sign-in button");
    page.waitForURL(url -> url.endsWith("/c/" + name));
  }

  void type(String text) {
    field().fill(text);
  }

  String typed() {
    return field().inputValue();
  }

  void post(String text) {
    type(text);
    page.locator(".composer button").click();
  }

  private Locator field() {
    return page.locator(".composer textarea");
  }

  /// Waits until the page shows this post.
  void awaitPost(String text) {
    page.getByText(text, new Page.GetByTextOptions().setExact(true))
        .first()
        .waitFor(new Locator.WaitForOptions().setTimeout(BitsProcess.PATIENCE.toMillis()));
  }

  /// The posts that the page shows, from top to bottom.
  List<String> posts() {
    return page.locator(".feed .post .text").allTextContents();
  }

  /// Whether the page is the one that was opened: a reload would have lost its variable.
  void assertNotReloaded() {
    assertThat(page.evaluate("window." + MARK)).as("the page was not reloaded").isEqualTo("kept");
  }

  /// The page never went back: its cursor only grew, and no post that it had shown was ever gone.
  void assertNeverWentBack() {
    assertThat(
            page.evaluate(
                "window.bitsDiary[0].t > 0 && window.bitsDiary[0].t < window.bitsDiary.at(-1).t"))
        .as("the diary was kept")
        .isEqualTo(true);
    assertThat(page.evaluate("window.bitsDiary.at(-1).posts")).isEqualTo(posts());
    assertThat(
            page.evaluate(
                """
                window.bitsDiary.slice(1).map((now, i) => [window.bitsDiary[i], now])
                  .filter(([before, now]) => now.t < before.t || before.posts.some(post => !now.posts.includes(post)))
                  .map(pair => JSON.stringify(pair))
                """))
        .as("moments at which the page showed something older")
        .isEqualTo(List.of());
  }

  void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of(System.getProperty("bits.root"), "bits-e2e", "target", name + ".png"))
            .setFullPage(true));
  }
}
