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
import com.microsoft.playwright.options.WaitForSelectorState;
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
          const cursor = document.querySelector('meta[name="bits-cursor"]')?.content ?? '0';
          const posts = [...document.querySelectorAll('.feed .post')].map(post => post.id);
          window.bitsDiary.push({ t: Number(cursor.split('-')[0]), posts });
        };
        document.addEventListener('DOMContentLoaded', () => {
          look();
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
        });
      })();
      """;

  /// The page as it would be without its history: what scripts, styles and the clock add is left
  /// out.
  private static final String CONTENT =
      """
      (() => {
        const body = document.body.cloneNode(true);
        body.querySelector('#bits-status')?.remove();
        for (const time of body.querySelectorAll('time')) [time.textContent, time.title] = ['', ''];
        for (const element of body.querySelectorAll('*')) {
          element.removeAttribute('data-htmx-powered');
          if (!element.className) element.removeAttribute('class');
        }
        return body.innerHTML;
      })()
      """;

  private final Page page;
  private String node = "";

  private LivePage(Page page) {
    this.page = page;
    page.onResponse(
        response -> {
          if (response.url().contains("/-/stream")) {
            node = response.headers().getOrDefault(Haproxy.ANSWERED_BY, "");
          }
        });
  }

  /// Opens the page; `node` is the node that the load balancer's cookie names, empty without one.
  static LivePage open(BrowserContext person, String address, String path, String node) {
    person.addInitScript(DIARY);
    if (!node.isEmpty()) {
      person.addCookies(List.of(new Cookie("NODE", node).setUrl(address)));
    }
    Page page = person.newPage();
    var live = new LivePage(page);
    signIn(page, address, path.substring(path.lastIndexOf('/') + 1));
    Response response = page.navigate(address + path);
    assertThat(response.status()).isEqualTo(200);
    if (!node.isEmpty()) {
      assertThat(response.headerValue(Haproxy.ANSWERED_BY)).isEqualTo(node);
    }
    page.evaluate("window." + MARK + " = 'kept'");
    return live;
  }

  /// The node that its stream was opened on last.
  String node() {
    return node;
  }

  /// Waits until the stream was opened on another node than this one.
  void awaitNodeOtherThan(String other) {
    page.waitForCondition(() -> !node.isEmpty() && !node.equals(other));
  }

  /// Opens the stream again, wherever the balancer wants it.
  void reconnect() {
    node = "";
    page.evaluate("dispatchEvent(new Event('pagehide')); dispatchEvent(new Event('pageshow'))");
    awaitNodeOtherThan("");
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

  /// The post with this text.
  Locator postWith(String text) {
    return page.locator(".feed .post", new Page.LocatorOptions().setHasText(text));
  }

  void like(String text) {
    postWith(text).locator("button.like").click();
  }

  void awaitLikes(String text, int count) {
    postWith(text)
        .locator(".likes")
        .getByText(String.valueOf(count), new Locator.GetByTextOptions().setExact(true))
        .waitFor();
  }

  /// Changes a post's text, in a tab of its own.
  void edit(String text, String newText) {
    Page tab = page.context().newPage();
    String path = postWith(text).locator("a.edit").getAttribute("href");
    tab.navigate(page.url().replaceFirst("(https?://[^/]+)/.*", "$1" + path));
    tab.fill("#edit-text", newText);
    tab.locator("form.sheet button").first().click();
    tab.waitForURL(url -> !url.endsWith("/edit"));
    tab.close();
  }

  /// Ends every session of this account, in a tab of its own.
  void signOutEverywhere() {
    Page tab = page.context().newPage();
    tab.navigate(page.url().replaceFirst("(https?://[^/]+)/.*", "$1/settings"));
    tab.locator("#everywhere button").click();
    tab.waitForURL(url -> !url.endsWith("/settings"));
    tab.close();
  }

  /// Waits until the page offers to sign in, as it does to those who are not.
  void awaitSignedOut() {
    page.locator("a[href='/sign-in']").first().waitFor();
    page.locator("form[action='/sign-out']")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  /// What it shows is what a page shows that is opened now.
  void assertEqualsFreshPage() {
    Page fresh = page.context().newPage();
    fresh.navigate(page.url());
    assertThat(page.evaluate(CONTENT)).isEqualTo(fresh.evaluate(CONTENT));
    fresh.close();
  }

  /// The posts that the page shows, from top to bottom.
  List<String> posts() {
    return page.locator(".feed .post .text").allTextContents();
  }

  /// Whether the page is the one that was opened: a reload would have lost its variable.
  void assertNotReloaded() {
    assertThat(page.evaluate("window." + MARK)).as("the page was not reloaded").isEqualTo("kept");
  }

  /// The page never went back: its cursor only grew, and no post that it had shown was ever gone,
  /// but for those that newer ones pushed off its end.
  void assertNeverWentBack() {
    assertThat(
            page.evaluate(
                "window.bitsDiary[0].t > 0 && window.bitsDiary[0].t < window.bitsDiary.at(-1).t"))
        .as("the diary was kept")
        .isEqualTo(true);
    assertThat(page.evaluate("window.bitsDiary.at(-1).posts"))
        .isEqualTo(page.evaluate("[...document.querySelectorAll('.feed .post')].map(p => p.id)"));
    assertThat(
            page.evaluate(
                """
                const nr = post => Number(post?.match(/\\d+$/)[0] ?? 0);
                window.bitsDiary.slice(1).map((now, i) => [window.bitsDiary[i], now])
                  .filter(([before, now]) => now.t < before.t || before.posts.some(post =>
                    !now.posts.includes(post) && nr(post) > nr(now.posts.at(-1))))
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
