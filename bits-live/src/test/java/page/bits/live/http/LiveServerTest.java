/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Cursor;
import page.bits.db.Db;
import page.bits.live.Answer;
import page.bits.live.FakeConnection;
import page.bits.live.FakeDb;
import page.bits.live.Form;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.LiveSettings;
import page.bits.live.Site;
import page.bits.live.frame.SseEvent;

final class LiveServerTest {
  private static final long LEFT = 1;
  private static final long RIGHT = 2;
  private static final long SHOW = 3;
  private static final long VALUE = 7;

  record Cell(long id) {}

  record Put(long id, long value) {}

  private final FakeConnection connection = new FakeConnection();
  private final AtomicInteger leftRenders = new AtomicInteger();
  private final Fragment<Cell> form = Fragment.form("form", Cell.class, LiveServerTest::form);
  private final Fragment<Cell> cell = Fragment.shared("cell", Cell.class, this::cell);
  private final LiveServer server =
      LiveServer.of(
          Site.on(connection)
              .settings(LiveSettings.standard().drain(Duration.ofMillis(20)))
              .page("/", view -> Html.join(List.of(view.show(cell, new Cell(LEFT)), more(view))))
              .page(
                  "/one/{id}", view -> view.show(cell, new Cell(Long.parseLong(view.param("id")))))
              .page("/form", view -> view.show(form, new Cell(LEFT)))
              .action(
                  "/cells/{id}",
                  Put.class,
                  form,
                  Cell.class,
                  (act, put) -> {
                    act.transact(List.of(List.of(put.id(), VALUE, put.value())));
                    return Answer.stay();
                  }));

  private Html more(page.bits.live.View view) {
    boolean isShown = FakeDb.read(view.db(), SHOW, VALUE) != 0;
    return isShown ? view.show(cell, new Cell(RIGHT)) : Html.of("hidden");
  }

  private Html cell(Db db, Cell params) {
    if (params.id() == LEFT) {
      leftRenders.incrementAndGet();
    }
    long value = FakeDb.read(db, params.id(), VALUE);
    if (value == 777 && leftRenders.get() == 1) {
      throw new page.bits.error.BitsException(
          page.bits.db.DbError.STORAGE_UNAVAILABLE, "test", page.bits.error.ErrorData.none());
    }
    if (value == 666) {
      throw new IllegalStateException("devil");
    }
    return Html.of("cell " + params.id() + " = " + value);
  }

  private static Html form(Db db, Cell params, Form entered) {
    return Html.of(
        "form ["
            + entered.value("value")
            + "] "
            + entered.error("value")
            + FakeDb.read(db, params.id(), VALUE));
  }

  @AfterEach
  void close() {
    server.close();
    connection.close();
  }

  private LiveResponse get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  private LiveResponse send(String method, String target, String body, String... headers) {
    var map = new HashMap<String, List<String>>();
    map.put("host", List.of("localhost"));
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], List.of(headers[i + 1]));
    }
    if (!body.isEmpty()) {
      map.put("content-type", List.of("application/x-www-form-urlencoded"));
    }
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    return server.handle(
        new LiveRequest(method, path, query, map, body, "127.0.0.1", /* isTls= */ false));
  }

  private static String text(LiveResponse response) {
    return new String(((LiveResponse.Whole) response).body().array(), StandardCharsets.UTF_8);
  }

  private static String header(LiveResponse response, String name) {
    return response.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(LiveResponse.Header::value)
        .findFirst()
        .orElse("");
  }

  private StreamReader stream(String page, String cursor) {
    return new StreamReader(get("/-/stream?page=" + page + "&cursor=" + cursor));
  }

  private String metric(String line) {
    return text(get("/-/metrics"))
        .lines()
        .filter(each -> each.startsWith(line + " "))
        .map(each -> each.substring(line.length() + 1))
        .findFirst()
        .orElse("0");
  }

  @Test
  void page_get_showsTheTreeAndItsCursor() {
    Cursor cursor = connection.put(LEFT, VALUE, 5).cursor();

    LiveResponse page = get("/one/1");

    assertThat(page.status()).isEqualTo(200);
    assertThat(text(page)).contains("cell 1 = 5").contains("content=\"" + cursor + "\"");
    assertThat(header(page, "Bits-Cursor")).isEqualTo(cursor.toString());
    assertThat(header(page, "Set-Cookie")).startsWith("bits-cursor=" + cursor);
    assertThat(header(page, "Content-Security-Policy")).contains("script-src 'self'");
  }

  @Test
  void stream_changeOfOneFragment_sendsThatFragmentAlone() {
    connection.put(SHOW, VALUE, 1);
    String cursor = header(get("/"), "Bits-Cursor");
    try (StreamReader stream = stream("/", cursor)) {
      Cursor next = connection.put(RIGHT, VALUE, 9).cursor();

      SseEvent event = stream.next();

      assertThat(event.id()).isEqualTo(next.toString());
      assertThat(event.data())
          .matches(
              "<hx-partial hx-target=\"#(b-cell-[0-9a-f]+)\" hx-swap=\"outerMorph\">"
                  + "<div id=\"\\1\">cell 2 = 9</div></hx-partial>");
    }
  }

  @Test
  void stream_changeThatNoFragmentRead_rendersNothing() {
    String cursor = header(get("/one/1"), "Bits-Cursor");
    try (StreamReader stream = stream("/one/1", cursor)) {
      int before = leftRenders.get();
      connection.put(99, VALUE, 1);
      connection.put(LEFT, VALUE, 4);

      assertThat(stream.next().data()).contains("cell 1 = 4");
      assertThat(leftRenders.get()).isEqualTo(before + 1);
    }
  }

  @Test
  void stream_parentShowsNewChild_sendsParentWithItAndFollowsIt() {
    String cursor = header(get("/"), "Bits-Cursor");
    try (StreamReader stream = stream("/", cursor)) {
      connection.put(SHOW, VALUE, 1);
      assertThat(stream.next().data()).contains("cell 1 = 0").contains("cell 2 = 0");

      connection.put(RIGHT, VALUE, 3);
      assertThat(stream.next().data()).contains("cell 2 = 3").doesNotContain("cell 1");
    }
  }

  @Test
  void stream_manyViewersOfOnePage_renderOnce() {
    String cursor = header(get("/one/1"), "Bits-Cursor");
    var readers = new java.util.ArrayList<StreamReader>();
    for (int i = 0; i < 200; i++) {
      readers.add(stream("/one/1", cursor));
    }
    int before = leftRenders.get();
    connection.put(LEFT, VALUE, 8);

    readers.forEach(reader -> assertThat(reader.next().data()).contains("cell 1 = 8"));

    assertThat(leftRenders.get()).isEqualTo(before + 1);
    assertThat(metric("bits_streams_open")).isEqualTo("200");
    readers.forEach(StreamReader::close);
  }

  @Test
  void streams_ofTwoPages_onlyTheTouchedOneCostsAnything() {
    String cursor = header(get("/one/1"), "Bits-Cursor");
    get("/one/2");
    var touched = new java.util.ArrayList<StreamReader>();
    var others = new java.util.ArrayList<StreamReader>();
    for (int i = 0; i < 200; i++) {
      touched.add(stream("/one/1", cursor));
      others.add(stream("/one/2", cursor));
    }
    touched.forEach(StreamReader::awaitFirstByte);
    others.forEach(StreamReader::awaitFirstByte);
    int renders = counted("bits_fragment_renders_total{fragment=\"cell\"}");
    int pages = counted("bits_fragment_renders_total{fragment=\"/one/{id}\"}");
    int encodes = counted("bits_encodes_total{kind=\"shared\"}");
    int frames = counted("bits_frames_total");

    connection.put(LEFT, VALUE, 8);
    touched.forEach(reader -> assertThat(reader.next().data()).contains("cell 1 = 8"));

    assertThat(counted("bits_fragment_renders_total{fragment=\"cell\"}")).isEqualTo(renders + 1);
    assertThat(counted("bits_fragment_renders_total{fragment=\"/one/{id}\"}")).isEqualTo(pages);
    assertThat(counted("bits_encodes_total{kind=\"shared\"}")).isEqualTo(encodes + 1);
    assertThat(counted("bits_frames_total")).isEqualTo(frames + 200);
    connection.put(RIGHT, VALUE, 9); // the first that the others get
    others.forEach(reader -> assertThat(reader.next().data()).contains("cell 2 = 9"));
    touched.forEach(StreamReader::close);
    others.forEach(StreamReader::close);
  }

  private int counted(String line) {
    return Integer.parseInt(metric(line));
  }

  @Test
  void stream_reconnectWithCursor_sendsWhatChangedSince() {
    String cursor = header(get("/one/1"), "Bits-Cursor");
    Cursor next = connection.put(LEFT, VALUE, 2).cursor();

    try (StreamReader stream = stream("/one/1", cursor)) {
      SseEvent event = stream.next();
      assertThat(event.id()).isEqualTo(next.toString());
      assertThat(event.data()).contains("cell 1 = 2");
    }
  }

  @Test
  void stream_reconnectWhenNothingChanged_sendsNoPatch() {
    String cursor = header(get("/one/1"), "Bits-Cursor");
    connection.put(99, VALUE, 1);
    try (StreamReader stream = stream("/one/1", cursor)) {
      connection.put(LEFT, VALUE, 6);
      assertThat(stream.next().data()).as("the first event").contains("cell 1 = 6");
    }
  }

  @Test
  void stream_cursorOfAPageThatThisNodeNeverShowed_sendsThePage() {
    Cursor old = connection.put(LEFT, VALUE, 1).cursor();
    Cursor newer = connection.put(99, VALUE, 1).cursor();
    get("/one/2", "cookie", "bits-cursor=" + newer); // the node has come that far

    try (StreamReader stream = stream("/one/1", old.toString())) {
      assertThat(stream.next().data()).contains("b-page-").contains("cell 1 = 1");
    }
  }

  @Test
  void stream_badCursors_areRefused() {
    Cursor known = connection.put(LEFT, VALUE, 1).cursor();
    get("/one/1");

    assertThat(get("/-/stream?page=/one/1&cursor=nonsense").status()).isEqualTo(400);
    assertThat(get("/-/stream?page=/one/1").status()).isEqualTo(400);
    assertThat(get("/-/stream?page=/one/1&cursor=" + new Cursor(known.t(), 1)).status())
        .as("forged")
        .isEqualTo(409);
    assertThat(get("/-/stream?page=/one/1&cursor=" + new Cursor(known.t() + 500, 1)).status())
        .as("beyond the head")
        .isEqualTo(409);
    assertThat(get("/-/stream?page=/nowhere&cursor=" + known).status()).isEqualTo(404);
  }

  @Test
  void stream_nodeBehindTheCursor_waitsForIt() {
    connection.put(LEFT, VALUE, 1);
    get("/one/1");
    connection.hold();
    Cursor ahead = connection.put(LEFT, VALUE, 2).cursor();
    var answer = CompletableFuture.supplyAsync(() -> get("/-/stream?page=/one/1&cursor=" + ahead));
    connection.release();

    assertThat(answer.join().status()).isEqualTo(200);
  }

  @Test
  void page_nodeBehindTheCookie_waitsAndThenSaysSo() {
    connection.put(LEFT, VALUE, 1);
    connection.hold();
    Cursor ahead = connection.put(LEFT, VALUE, 2).cursor();

    assertThat(get("/one/1", "cookie", "bits-cursor=" + ahead).status()).isEqualTo(503);
    connection.release();
    assertThat(text(get("/one/1", "cookie", "bits-cursor=" + ahead))).contains("cell 1 = 2");
  }

  @Test
  void page_forgedCookie_bindsNobody() {
    connection.put(LEFT, VALUE, 1);

    assertThat(get("/one/1", "cookie", "bits-cursor=99999-0000000000000001").status())
        .isEqualTo(200);
  }

  @Test
  void fragment_throws_showsThatInItsPlaceAndRecovers() {
    connection.put(LEFT, VALUE, 666);
    LiveResponse page = get("/one/1");
    assertThat(text(page)).contains("bits-error");
    assertThat(metric("bits_fragment_failures_total{fragment=\"cell\"}")).isEqualTo("1");

    try (StreamReader stream = stream("/one/1", header(page, "Bits-Cursor"))) {
      connection.put(LEFT, VALUE, 7);
      assertThat(stream.next().data()).contains("cell 1 = 7");
    }
  }

  @Test
  void fragment_storageWasAway_recoversWithoutAnyChange() {
    connection.put(LEFT, VALUE, 777);
    LiveResponse page = get("/one/1");
    assertThat(text(page)).contains("bits-error");

    String cursor = header(page, "Bits-Cursor");
    try (StreamReader stream = stream("/one/1", cursor)) {
      assertThat(stream.rest()).extracting(SseEvent::type).containsExactly("leave");
    }
    assertThat(text(get("/one/1"))).contains("cell 1 = 777");
    try (StreamReader late = stream("/one/1", cursor)) { // it still shows the error
      late.awaitFirstByte();
      connection.put(99, VALUE, 1); // touches nothing, but a frame can lead to it
      assertThat(late.next().data()).contains("cell 1 = 777");
    }
  }

  @Test
  void stream_silent_showsThatItIsAlive() {
    try (var beating =
            LiveServer.of(
                Site.on(connection)
                    .settings(LiveSettings.standard().heartbeat(Duration.ofMillis(5)))
                    .page("/", view -> Html.of("still")));
        var stream = new Browser(beating).stream("/", new Browser(beating).get("/"))) {
      stream.awaitFirstByte();
      stream.awaitFirstByte();
      stream.awaitFirstByte();
    }
  }

  @Test
  void post_fromALivePage_isAnsweredWithAFrame() {
    String cursor = header(get("/one/1"), "Bits-Cursor");

    LiveResponse answer =
        send("POST", "/cells/1", "value=12", "bits-page", "/one/1", "bits-cursor", cursor);

    assertThat(answer.status()).isEqualTo(200);
    SseEvent event = SseEvent.parse(text(answer)).getFirst();
    assertThat(event.id()).isEqualTo(connection.cursor().toString());
    assertThat(event.data()).contains("cell 1 = 12");
  }

  @Test
  void post_withoutScript_leadsBackToThePage() {
    LiveResponse answer = send("POST", "/cells/1", "value=12", "referer", "http://localhost/one/1");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(header(answer, "Location")).isEqualTo("/one/1");
    assertThat(text(get("/one/1"))).contains("cell 1 = 12");
  }

  @Test
  void post_invalidFromALivePage_is422WithTheFormsFragment() {
    String cursor = header(get("/form"), "Bits-Cursor");

    LiveResponse answer =
        send("POST", "/cells/1", "value=many", "bits-page", "/form", "bits-cursor", cursor);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(text(answer)).contains("form [] This is not of the right form.");
    assertThat(text(get("/form"))).as("what others see").doesNotContain("right form");
  }

  @Test
  void post_invalidWithoutScript_is422WithThePageAndWhatWasTyped() {
    LiveResponse answer =
        send("POST", "/cells/1", "value=many", "referer", "http://localhost/form");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(text(answer)).contains("<!doctype html>").contains("form [many] This is not");
  }

  @Test
  void post_crossSite_changesNothing() {
    LiveResponse answer = send("POST", "/cells/1", "value=12", "sec-fetch-site", "cross-site");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(connection.cursor().t()).isZero();
  }

  @Test
  void post_forgedCursor_changesNothing() {
    LiveResponse answer =
        send(
            "POST",
            "/cells/1",
            "value=12",
            "bits-page",
            "/one/1",
            "bits-cursor",
            "5-0000000000000009");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(connection.cursor().t()).isZero();
  }

  @Test
  void routes_wrongPathOrMethod_areToldApart() {
    assertThat(get("/nowhere").status()).isEqualTo(404);
    LiveResponse answer = get("/cells/1");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("POST");
    assertThat(send("POST", "/one/1", "").status()).isEqualTo(405);
    assertThat(send("POST", "/-/stream", "").status()).isEqualTo(405);
  }

  @Test
  void assets_ofTheClient_areServedForEver() {
    String page = text(get("/one/1"));
    String script = page.replaceAll("(?s).*src=\"(/-/assets/bits-live-[0-9a-f]+\\.js)\".*", "$1");

    LiveResponse asset = get(script);

    assertThat(asset.status()).isEqualTo(200);
    assertThat(header(asset, "Cache-Control")).contains("immutable");
    assertThat(text(asset)).contains("bits-cursor");
  }

  @Test
  void hot_fragment_isRenderedAtMostOnceInTheInterval() {
    String cursor = header(get("/one/1"), "Bits-Cursor");
    try (StreamReader stream = stream("/one/1", cursor)) {
      int before = leftRenders.get();
      long began = System.nanoTime();
      for (int i = 1; i <= 2000; i++) {
        connection.put(LEFT, VALUE, i);
      }
      while (!stream.next().data().contains("cell 1 = 2000")) {
        assertThat(stream).isNotNull();
      }
      long intervals = (System.nanoTime() - began) / 50_000_000L;
      assertThat(leftRenders.get() - before).isLessThanOrEqualTo((int) intervals + 2);
    }
  }

  @Test
  void health_following_isOkAndSaysWhere() {
    Cursor cursor = connection.put(LEFT, VALUE, 1).cursor();
    get("/one/1", "cookie", "bits-cursor=" + cursor);

    assertThat(text(get("/-/health"))).contains("\"status\":\"ok\"").contains(cursor.toString());
  }

  @Test
  void health_storageAway_isRedAndPagesGoOn() {
    Cursor old = connection.put(LEFT, VALUE, 1).cursor();
    connection.put(LEFT, VALUE, 2);
    get("/one/1");
    connection.away(true);

    LiveResponse health = get("/-/health");
    assertThat(health.status()).isEqualTo(503);
    assertThat(text(health)).contains("\"status\":\"storage-away\"");
    assertThat(get("/one/1", "cookie", "bits-cursor=" + old).status()).isEqualTo(200);
  }

  @Test
  void stream_cursorThatTheNodeRemembers_needsNoStorage() {
    get("/one/1"); // the node is there before what follows
    Cursor old = connection.put(LEFT, VALUE, 1).cursor();
    Cursor last = connection.put(LEFT, VALUE, 2).cursor();
    get("/one/1", "cookie", "bits-cursor=" + last);
    connection.away(true);

    assertThat(get("/-/stream?page=/one/1&cursor=" + old).status()).isEqualTo(200);
    assertThat(get("/-/stream?page=/one/1&cursor=" + new Cursor(old.t(), 1)).status())
        .isEqualTo(409);
  }

  @Test
  void close_ofTheConnection_endsTheStreamsAndTurnsHealthRed() {
    String cursor = header(get("/one/1"), "Bits-Cursor");
    try (StreamReader stream = stream("/one/1", cursor)) {
      connection.close();

      assertThat(stream.rest()).isEmpty();
    }
    LiveResponse health = get("/-/health");
    assertThat(health.status()).isEqualTo(503);
    assertThat(text(health)).contains("not-following");
    assertThat(header(get("/one/1"), "Bits-Error")).isEqualTo(":bits.error/node-stopped");
  }

  @Test
  void drain_openStreams_areToldToGoOnElsewhere() {
    String cursor = header(get("/one/1"), "Bits-Cursor");
    try (StreamReader first = stream("/one/1", cursor);
        StreamReader second = stream("/one/1", cursor)) {
      first.awaitFirstByte();
      second.awaitFirstByte();
      server.drain();

      assertThat(first.rest()).extracting(SseEvent::type).containsExactly("drain");
      assertThat(second.rest()).extracting(SseEvent::type).containsExactly("drain");
    }
    assertThat(text(get("/-/health"))).contains("draining");
    assertThat(get("/one/1").status()).as("requests are still answered").isEqualTo(200);
    LiveResponse late = get("/-/stream?page=/one/1&cursor=" + cursor);
    assertThat(header(late, "Bits-Error")).isEqualTo(":bits.error/draining");
  }

  @Test
  void answers_never_throw() {
    assertThat(Map.of("x", send("POST", "/cells/1", "value=%zz").status())).containsEntry("x", 400);
  }
}
