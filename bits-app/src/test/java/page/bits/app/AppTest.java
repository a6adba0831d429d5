/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.error.BitsException;
import page.bits.live.LiveError;

/// Two nodes of the application on one memory database, over HTTP.
final class AppTest {
  private final String uri = "bits:mem:app-" + UUID.randomUUID();
  private final Connection connectionA = Bits.connect(uri);
  private final Connection connectionB = Bits.connect(uri);
  private final App nodeA = App.start(connectionA, AppOptions.demo(0));
  private final App nodeB = App.start(connectionB, AppOptions.demo(0));
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  @AfterEach
  void close() {
    client.shutdownNow();
    nodeA.close();
    nodeB.close();
    connectionA.close();
    connectionB.close();
  }

  private static HttpRequest.Builder request(App node, String path) {
    return HttpRequest.newBuilder(URI.create(node.url() + path.substring(1)));
  }

  private HttpResponse<String> get(App node, String path) {
    return send(request(node, path).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> post(App node, String text, String... headers) {
    HttpRequest.Builder request =
        request(node, "/c/mira/posts")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "text=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private static String cursor(HttpResponse<?> response) {
    return response.headers().firstValue("Bits-Cursor").orElseThrow();
  }

  private BufferedReader stream(App node, String cursor) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            request(node, "/-/stream?page=/c/mira&cursor=" + cursor).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/event-stream; charset=utf-8");
    assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store, no-transform");
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static String untilLineWith(BufferedReader stream, String text) throws IOException {
    var all = new StringBuilder();
    String line = stream.readLine();
    while (line != null) {
      all.append(line).append('\n');
      if (line.contains(text)) {
        return all.toString();
      }
      line = stream.readLine();
    }
    throw new AssertionError("the stream ended: " + all);
  }

  @Test
  void demo_twoNodes_addEachCreatorOnce() {
    assertThat(get(nodeA, "/").body()).containsOnlyOnce("Mira Solheim").contains("Tadeo Ruiz");
    List<Long> posts =
        connectionA.db().query("[:find ?p :where [?p :post/text _]]").column(Long.class);
    assertThat(posts).hasSize(4);
  }

  @Test
  void post_onOneNode_comesToAStreamOfTheOther() throws Exception {
    HttpResponse<String> page = get(nodeB, "/c/mira");
    assertThat(page.body()).contains("The kiln is back.");
    try (BufferedReader stream = stream(nodeB, cursor(page))) {
      assertThat(post(nodeA, "Hello over there").statusCode()).isEqualTo(303);

      String events = untilLineWith(stream, "Hello over there");

      assertThat(events).contains("id: ").contains("<hx-partial hx-target=\"#b-wall-");
    }
  }

  @Test
  void stream_cursorOfOneNode_goesOnAtTheOther() throws Exception {
    HttpResponse<String> page = get(nodeA, "/c/mira");
    post(nodeA, "While you were away");

    try (BufferedReader stream = stream(nodeB, cursor(page))) {
      assertThat(untilLineWith(stream, "While you were away")).contains("hx-swap=\"outerMorph\"");
    }
  }

  @Test
  void post_hostileText_isShownAsText() {
    post(nodeA, "<script>alert(1)</script><hx-partial hx-target=\"#x\">\r\n\r\nevent: leave");

    String page = get(nodeB, "/c/mira").body();

    assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;").contains("&lt;hx-partial");
    assertThat(page).doesNotContain("<script>alert").doesNotContain("<hx-partial");
  }

  @Test
  void post_emptyText_is422WithTheForm() {
    HttpResponse<String> answer = post(nodeA, "  ", "Referer", nodeA.url() + "c/mira");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("Please write something here.").contains("Mira Solheim");
  }

  @Test
  void page_unknownCreator_is404() {
    assertThat(get(nodeA, "/c/nobody").statusCode()).isEqualTo(404);
    assertThat(get(nodeA, "/x").statusCode()).isEqualTo(404);
  }

  @Test
  void post_tooLargeBody_is413() {
    assertThat(post(nodeA, "x".repeat(1_100_000)).statusCode()).isEqualTo(413);
  }

  @Test
  void post_fromAnotherSite_changesNothing() {
    assertThat(post(nodeA, "From elsewhere", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(get(nodeA, "/c/mira").body()).doesNotContain("From elsewhere");
  }

  @Test
  void start_portTaken_saysSo() {
    assertThatThrownBy(
            () -> App.start(connectionA, new AppOptions("127.0.0.1", nodeA.port(), false)))
        .isInstanceOfSatisfying(
            BitsException.class, e -> assertThat(e.is(LiveError.PORT_BUSY)).isTrue());
  }
}
