/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.util.List;
import java.util.Map;
import page.bits.e2e.Programs;

/// The system's Chromium, headless, driven by Playwright. Closing it ends it.
final class Chromium implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium start() {
    var program = Programs.chromium();
    // Playwright never fetches a browser of its own: the tests drive the system's.
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setHeadless(true)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    return new Chromium(playwright, browser);
  }

  /// A window with cookies of its own, as another person's browser would have.
  BrowserContext person(int width) {
    return browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900));
  }

  /// The same, with its script switched off.
  BrowserContext personWithoutScript(int width) {
    return browser.newContext(
        new Browser.NewContextOptions().setViewportSize(width, 900).setJavaScriptEnabled(false));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
