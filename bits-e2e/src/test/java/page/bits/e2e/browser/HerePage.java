/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import page.bits.e2e.Haproxy;

/// A tab on a creator's page, with a diary of how many people it said were there, each number once
/// until it changed. The diary begins anew with each page that is loaded.
final class HerePage {
  private static final String DIARY =
      """
      (() => {
        window.hereShown = [];
        const look = () => {
          const text = document.querySelector('.here')?.textContent;
          if (text && text !== window.hereShown.at(-1)) window.hereShown.push(text);
        };
        document.addEventListener('DOMContentLoaded', () => {
          look();
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
        });
      })();
      """;

  private final String address;
  private final Window window;
  private volatile String node = "";

  private HerePage(BrowserContext person, String address) {
    this.address = address;
    this.window = Window.blank(person);
    page().addInitScript(DIARY);
    page()
        .onResponse(
            response -> {
              if (response.url().contains("/-/stream")) {
                node = response.headers().getOrDefault(Haproxy.ANSWERED_BY, "");
              }
            });
  }

  /// A new tab of that browser on this page of that node or balancer.
  static HerePage open(BrowserContext person, String address, String path) {
    var here = new HerePage(person, address);
    here.go(path);
    return here;
  }

  private Page page() {
    return window.page();
  }

  /// Goes to another page in the same tab.
  void go(String path) {
    page().navigate(address + path);
    window.awaitState("live");
  }

  void awaitPeople(String text) {
    window.awaitText(".here", text);
  }

  /// Moves this page's stream to another node than the other's; the balancer takes turns.
  void moveAwayFrom(HerePage other) {
    page().waitForCondition(() -> !node.isEmpty() && !other.node.isEmpty());
    while (node.equals(other.node)) {
      node = "";
      window.reconnect();
      page().waitForCondition(() -> !node.isEmpty());
    }
  }

  /// The node that its stream was opened on last.
  String node() {
    return node;
  }

  /// Waits until its stream was opened on another node than this one.
  void awaitNodeOtherThan(String other) {
    page().waitForCondition(() -> !node.equals(other));
  }

  /// The diary from now on.
  void forget() {
    window.run("window.hereShown = [document.querySelector('.here').textContent]");
  }

  /// What it showed, one after the other.
  void assertShown(String... texts) {
    assertThat(window.run("window.hereShown")).isEqualTo(List.of(texts));
  }

  /// Pictures by day and by night.
  void screenshots(String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      window.screenshot(name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  /// Closes the tab, and with the last one the browser.
  void close() {
    page().close();
  }
}
