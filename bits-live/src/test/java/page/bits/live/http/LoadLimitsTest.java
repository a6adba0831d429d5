/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import page.bits.live.Access;
import page.bits.live.AddressLimits;
import page.bits.live.FakeConnection;
import page.bits.live.Html;
import page.bits.live.LiveSettings;
import page.bits.live.Site;

/// What one client address, and everybody together, may take of a node.
final class LoadLimitsTest {
  private static final String ANN = "192.0.2.1";
  private static final String BOB = "192.0.2.2";

  private final FakeConnection connection = new FakeConnection();
  private final LiveServer server = server(new AddressLimits(/* streamsMax= */ 2, 5), 50_000);

  private LiveServer server(AddressLimits perAddress, int pagesMax) {
    return LiveServer.of(
        Site.on(connection)
            .settings(LiveSettings.standard().perAddress(perAddress).pagesMax(pagesMax))
            .page("/shared", _ -> Html.of("shared"))
            .page("/own", (_, _, _) -> Access.allow(), _ -> Html.of("own"))
            .page("/of/{name}", view -> Html.of(view.param("name"))));
  }

  @AfterEach
  void close() {
    server.close();
    connection.close();
  }

  private LiveResponse get(String from, String path, String query) {
    return get(server, from, path, query, Map.of());
  }

  private static LiveResponse get(
      LiveServer server, String from, String path, String query, Map<String, List<String>> more) {
    var headers = new java.util.HashMap<>(more);
    headers.put("host", List.of("localhost"));
    return server.handle(
        new LiveRequest("GET", path, query, headers, "", from, /* isTls= */ false));
  }

  private String streamOf(String page) {
    return "page=" + page + "&cursor=" + connection.cursor();
  }

  private StreamReader stream(String from, String page) {
    return new StreamReader(get(from, "/-/stream", streamOf(page)));
  }

  private static void assertRefused(LiveResponse answer) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(Browser.header(answer, "Bits-Error")).isEqualTo(":bits.error/address-limit");
    assertThat(Browser.header(answer, "Retry-After")).isEqualTo("10");
    assertThat(Browser.text(answer)).contains("Your address has as many pages open here as it may");
  }

  @Test
  void streams_oneMoreThanAnAddressMayHave_is429UntilOneEnds() {
    StreamReader first = stream(ANN, "/shared");
    first.awaitFirstByte();
    try (StreamReader second = stream(ANN, "/shared");
        StreamReader other = stream(BOB, "/shared")) {
      assertRefused(get(ANN, "/-/stream", streamOf("/shared")));
      other.awaitFirstByte();
      second.awaitFirstByte();
      first.close();
      await(() -> get(ANN, "/-/stream", streamOf("/shared")).status() == 200);
    }
  }

  @Test
  void streams_behindAProxyNearby_areCountedByTheAddressThatItNames() {
    String query = streamOf("/shared");
    for (int i = 0; i < 4; i++) {
      Map<String, List<String>> header =
          Map.of("x-forwarded-for", List.of("spoofed, 203.0.113." + i));
      assertThat(get(server, "127.0.0.1", "/-/stream", query, header).status()).isEqualTo(200);
    }
    Map<String, List<String>> invented = Map.of("x-forwarded-for", List.of("203.0.113.77"));
    assertThat(get(server, ANN, "/-/stream", query, invented).status()).isEqualTo(200);
    assertThat(get(server, ANN, "/-/stream", query, invented).status()).isEqualTo(200);
    assertRefused(get(server, ANN, "/-/stream", query, Map.of()));
  }

  @Test
  void pages_ofInventedVisitors_makeRoomForOneAnotherOnly() {
    assertThat(get(BOB, "/of/bob", "").status()).isEqualTo(200);
    for (int i = 0; i < 20; i++) {
      String cookie = "bits-visitor=" + "%043d".formatted(i);
      LiveResponse page = get(server, ANN, "/own", "", Map.of("cookie", List.of(cookie)));
      assertThat(page.status()).isEqualTo(200);
    }
  }

  @Test
  void pages_thatAnAddressWatches_areNoMoreThanItMay() {
    try (LiveServer small = server(new AddressLimits(/* streamsMax= */ 9, /* pagesMax= */ 2), 9);
        var one = new StreamReader(get(small, ANN, "/-/stream", streamOf("/of/a"), Map.of()));
        var two = new StreamReader(get(small, ANN, "/-/stream", streamOf("/of/b"), Map.of()))) {
      one.awaitFirstByte();
      two.awaitFirstByte();
      assertRefused(get(small, ANN, "/-/stream", streamOf("/of/c"), Map.of()));
      assertRefused(get(small, ANN, "/of/c", "", Map.of()));
      assertThat(get(small, ANN, "/of/a", "", Map.of()).status()).isEqualTo(200);
      assertThat(get(small, BOB, "/of/c", "", Map.of()).status()).isEqualTo(200);
      assertThat(get(small, ANN, "/of/c", "", Map.of()).status()).isEqualTo(200);
    }
  }

  @Test
  void stream_nodeThatHasAllPagesItCanKeep_is503() {
    try (LiveServer full = server(AddressLimits.NONE, /* pagesMax= */ 1);
        var one = new StreamReader(get(full, ANN, "/-/stream", streamOf("/of/a"), Map.of()))) {
      one.awaitFirstByte();
      LiveResponse answer = get(full, BOB, "/-/stream", streamOf("/of/b"), Map.of());
      assertThat(answer.status()).isEqualTo(503);
      assertThat(Browser.header(answer, "Bits-Error")).isEqualTo(":bits.error/overloaded");
      assertThat(Browser.header(answer, "Retry-After")).isEqualTo("1");
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("never became so").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
