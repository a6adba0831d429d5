/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import page.bits.testkit.Await;

/// Every answer in the table of `docs/reference/stream.md`: what the visitor sees.
final class AnswersBrowserTest {
  private static final String ERROR_PAGE = "<html><body><h1>Bad gateway</h1></body></html>";
  private static final String STOPPED = "This page no longer updates by itself.";

  private static Chromium chromium;
  private static Board board;

  private ScriptedServer server;
  private Window window;

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

  @BeforeEach
  void before() {
    server = ScriptedServer.before(board.port());
    window = Window.blank(chromium.person(800));
  }

  @AfterEach
  void after() {
    window.page().context().close();
    server.close();
  }

  private void open(String name) {
    window.page().navigate(server.address() + "/b/" + name);
  }

  @Test
  void firstConnection_refused_isTriedUntilItStands() {
    open("refused"); // fetches the scripts, which are kept
    window.awaitState("live");
    server.refuseAfter("GET /b/");
    open("refused");
    window.mark();
    window.awaitState("reconnecting");
    window.awaitLine("Reconnecting…");
    assertThat(window.at("h1").textContent()).isEqualTo("refused");
    board.addNote("refused", "written meanwhile");

    server.listen();
    window.awaitNote("written meanwhile");
    window.awaitState("live");
    window.awaitNoLine();
    assertThat(window.run("window.openedOnce")).isEqualTo("marked");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 429, 500, 502, 503})
  void otherAnswer_withAnHtmlPage_isNeverShown_andTheStreamIsTriedAgain(int status) {
    String name = "answer-" + status;
    var html = Scripted.answer(status, "text/html", ERROR_PAGE);
    window.page().clock().install();
    server.streams(html, html, html, html);
    open(name);
    window.mark();
    window.forwardUntil("reconnecting");
    window.awaitLine("Reconnecting…");
    assertThat(window.at("h1").allTextContents()).containsExactly(name);
    window.forwardUntil("live");
    board.addNote(name, "seen all the same");
    window.awaitNote("seen all the same");
    window.awaitNoLine();
    assertThat(window.run("window.openedOnce")).isEqualTo("marked");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 401, 403, 404, 409, 410})
  void finalAnswer_once_loadsThePageAgain(int status) {
    String name = "once-" + status;
    open(name);
    window.awaitState("live");
    window.mark();
    server.streams(Scripted.answer(status, "text/html", ""));
    window.reconnect();
    window.awaitReload();
    window.awaitState("live");
    assertThat(window.at("#bits-status").isHidden()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 401, 409})
  void finalAnswer_alsoAfterTheReload_stopsAndSaysSo(int status) {
    var answer = Scripted.answer(status, "text/html", "");
    server.streams(answer, answer);
    open("stops-" + status);
    window.awaitState("stopped");
    window.awaitLine(STOPPED);
    assertThat(window.at("h1").textContent()).isEqualTo("stops-" + status);
    assertThat(server.asked()).isEqualTo(2);
  }

  @Test
  void silence_ofFortySeconds_cutsTheLineAndGoesOn() {
    window.page().clock().install();
    server.streams(Scripted.stream(":\n\n"));
    open("silent");
    window.awaitState("live");
    window.mark();
    board.addNote("silent", "nobody told");
    window.page().clock().fastForward(39_000);
    assertThat(server.asked()).isEqualTo(1);
    window.page().clock().fastForward(2_000);
    window.awaitNote("nobody told");
    assertThat(server.asked()).isEqualTo(2);
    window.awaitState("live");
    assertThat(window.run("window.openedOnce")).isEqualTo("marked");
  }

  @Test
  void tab_hiddenForTenSeconds_endsItsStreamAndCatchesUpWhenSeen() {
    window.page().clock().install();
    open("hidden");
    window.awaitState("live");
    window.mark();
    window.hide(true);
    window.page().clock().fastForward(11_000);
    Await.until("the stream ended", () -> server.open() == 0);
    board.addNote("hidden", "while nobody looked");
    window.hide(false);
    window.awaitNote("while nobody looked");
    assertThat(window.at("#bits-status").isHidden()).isTrue();
    assertThat(window.run("window.openedOnce")).isEqualTo("marked");
  }

  @Test
  void cut_ofAMoment_goesOnWithoutALine() {
    open("cut");
    window.awaitState("live");
    window.mark();
    server.streams(Scripted.cut());
    window.reconnect();
    board.addNote("cut", "after the cut");
    window.awaitNote("after the cut");
    assertThat(window.at("#bits-status").isHidden()).isTrue();
    assertThat(window.run("window.openedOnce")).isEqualTo("marked");
  }

  @Test
  void leave_loadsThePageAgain_butNotForEver() {
    var leave = Scripted.stream("event: leave\ndata: \n\n");
    server.streams(leave, leave, leave, leave);
    open("leave");
    window.awaitState("stopped");
    window.awaitLine(STOPPED);
    assertThat(server.asked()).isEqualTo(4);
  }

  @Test
  void drain_goesOnElsewhere_withoutReloadOrLine() {
    server.streams(Scripted.stream(":\n\nevent: drain\ndata: \n\n"));
    open("drain");
    window.mark();
    board.addNote("drain", "from the next node");
    window.awaitNote("from the next node");
    assertThat(server.asked()).isEqualTo(2);
    assertThat(window.run("window.openedOnce")).isEqualTo("marked");
    assertThat(window.at("#bits-status").isHidden()).isTrue();
  }

  @Test
  void frame_olderThanThePage_isNotApplied() {
    board.addNote("older", "here");
    String page = "b-notes-anything";
    server.streams(
        Scripted.stream(
            "id: 1-0000000000000000\ndata: <hx-partial hx-target=\"#%s\" hx-swap=\"outerMorph\"><p id=\"%s\">old</p></hx-partial>\n\n"
                .formatted(page, page)));
    open("older");
    window.awaitState("live");
    window.assertNotReloaded();
    assertThat(window.at("#notes li").allTextContents()).containsExactly("here");
  }

  @Test
  void post_answerLost_isToldAndPostedOnce() {
    open("lost");
    window.awaitState("live");
    server.streams(Scripted.silence());
    window.reconnect();
    server.posts(new Scripted.Lost());
    window.send("only once");
    window.awaitLine("No answer came. Please try again: nothing is done twice.");
    assertThat(window.at("#text").inputValue()).isEqualTo("only once");
    window.at("#send").click();
    window.awaitNote("only once");
    assertThat(board.count("only once")).isEqualTo(1);
    assertThat(window.at("#text").inputValue()).isEmpty();
  }

  @Test
  void post_otherSiteAnswers_isNeverShown() {
    open("between");
    window.awaitState("live");
    server.posts(Scripted.answer(502, "text/html", ERROR_PAGE));
    window.send("kept in the field");
    window.awaitLine("That did not work. Please try again.");
    assertThat(window.at("#text").inputValue()).isEqualTo("kept in the field");
    assertThat(window.at("h1").allTextContents()).containsExactly("between");
  }
}
