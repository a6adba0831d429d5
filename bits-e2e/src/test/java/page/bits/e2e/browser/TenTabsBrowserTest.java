/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.testkit.Await;

/// Ten tabs of one browser on plain HTTP/1.1, which gives them six connections together.
final class TenTabsBrowserTest {
  private static final int SEATS = 4;

  @Test
  void tenTabs_onDifferentPages_allWorkAndGoOnWhenSomeEnd() {
    try (var board = Board.start();
        var server = ScriptedServer.before(board.port());
        var chromium = Chromium.start()) {
      var person = chromium.person(800);
      List<Window> tabs = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        var tab = Window.blank(person);
        tab.page().navigate(server.address() + "/b/tab-" + i);
        tabs.add(tab);
      }
      tabs.forEach(tab -> tab.awaitState("live"));
      Await.until("two connections are left", () -> server.open() <= SEATS);

      allFollow(board, tabs, "from elsewhere");
      for (Window tab : tabs) {
        tab.send("sent here");
        tab.awaitNote("sent here");
      }

      tabs.removeLast().page().close();
      tabs.removeLast().page().close();
      freeze(tabs.removeLast());
      allFollow(board, tabs, "after three ended");
      for (int i = 0; i < 3; i++) {
        tabs.removeLast().page().close();
      }
      allFollow(board, tabs, "when there are seats for all");
      tabs.forEach(Window::assertNotReloaded);
      tabs.forEach(Window::assertNoComplaint);
    }
  }

  private static void allFollow(Board board, List<Window> tabs, String text) {
    for (int i = 0; i < tabs.size(); i++) {
      board.addNote("tab-" + i, text);
    }
    tabs.forEach(tab -> tab.awaitNote(text));
  }

  /// As a browser does it with a tab that was long out of sight: no timer and no message reaches
  /// it.
  private static void freeze(Window tab) {
    var state = new JsonObject();
    state.addProperty("state", "frozen");
    tab.page().context().newCDPSession(tab.page()).send("Page.setWebLifecycleState", state);
  }
}
