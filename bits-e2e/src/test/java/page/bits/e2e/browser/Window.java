/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import page.bits.e2e.BitsProcess;

/// One tab on a page of a [Board], with what its console said. Confined to the test's thread.
final class Window {
  private static final double PATIENCE = BitsProcess.PATIENCE.toMillis();

  private static final String REPORTS =
      """
      window.reports = [];
      document.addEventListener('securitypolicyviolation', event => reports.push(event.violatedDirective));
      """;

  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private Window(Page page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
    page.addInitScript(REPORTS);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().matches("error|warning")) {
            complaints.add(message.text());
          }
        });
  }

  /// A tab without a page yet.
  static Window blank(BrowserContext person) {
    return new Window(person.newPage());
  }

  /// A tab on this page, live.
  static Window open(BrowserContext person, String address) {
    var window = blank(person);
    window.page.navigate(address);
    window.awaitState("live");
    return window;
  }

  Page page() {
    return page;
  }

  Locator at(String selector) {
    return page.locator(selector);
  }

  /// Waits until the page says that it is in this state.
  void awaitState(String state) {
    at("html[data-bits-state=" + state + "]").waitFor();
  }

  /// Puts the page's clock forward until the page says that it is in this state.
  void forwardUntil(String state) {
    page.waitForCondition(
        () -> {
          page.clock().fastForward(2_500);
          return at("html[data-bits-state=" + state + "]").count() > 0;
        });
  }

  /// Waits until the page shows a note with exactly this text.
  void awaitNote(String text) {
    at("#notes li").getByText(text, new Locator.GetByTextOptions().setExact(true)).waitFor();
  }

  /// Waits until an element has this text; empty waits until it has none.
  void awaitText(String selector, String text) {
    page.waitForFunction(
        "([selector, text]) => document.querySelector(selector)?.textContent === text",
        List.of(selector, text));
  }

  /// Waits until this line stands where the page tells its visitor how it is.
  void awaitLine(String text) {
    at("#bits-status:has-text(\"" + text + "\")").waitFor();
  }

  /// Waits until that line is gone.
  void awaitNoLine() {
    at("#bits-status").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
  }

  void send(String text) {
    at("#text").fill(text);
    at("#send").click();
  }

  Object run(String script) {
    return page.evaluate(script);
  }

  /// Ends the stream and opens another one, as when the page was left and shown again.
  void reconnect() {
    run("dispatchEvent(new Event('pagehide')); dispatchEvent(new Event('pageshow'))");
  }

  /// Tells the page that its tab went out of sight, or came back; without a screen no tab does.
  void hide(boolean hidden) {
    page.evaluate(
        """
        hidden => {
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        hidden);
  }

  /// A variable of the page's own script is still there: nothing loaded the page again.
  void assertNotReloaded() {
    assertThat(run("window.openedOnce")).isEqualTo("kept");
  }

  /// Marks the page, so that a reload can be seen.
  void mark() {
    run("window.openedOnce = 'marked'");
  }

  /// Waits until the page was loaded again.
  void awaitReload() {
    page.waitForFunction("() => window.openedOnce === 'kept'");
  }

  void screenshot(String name) {
    Path file = Path.of(System.getProperty("bits.root"), "bits-e2e", "target", name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }

  /// Neither the console nor the content security policy complained.
  void assertNoComplaint() {
    assertThat(complaints).isEmpty();
    assertThat(run("window.reports")).isEqualTo(List.of());
  }
}
