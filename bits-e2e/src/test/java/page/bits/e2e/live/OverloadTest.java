/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import page.bits.live.AddressLimits;
import page.bits.live.LiveSettings;

/// What a stream is answered with, over the network, when a node has no place for it.
final class OverloadTest {
  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<InputStream> get(String address) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofInputStream());
  }

  @Test
  void stream_nodeThatIsFull_is503() throws Exception {
    try (var wall = new Wall(LiveSettings.standard().pagesMax(1), 0);
        InputStream first = get(wall.stream("a")).body()) {
      assertThat(first.read()).as("the stream stands").isEqualTo(':');
      assertRefused(get(wall.stream("b")), 503, ":bits.error/overloaded");
    }
  }

  @Test
  void stream_addressThatHasEnough_is429() throws Exception {
    AddressLimits one = new AddressLimits(/* streamsMax= */ 1, /* pagesMax= */ 9);
    try (var wall = new Wall(LiveSettings.standard().perAddress(one), 0);
        InputStream first = get(wall.stream("a")).body()) {
      assertThat(first.read()).as("the stream stands").isEqualTo(':');
      assertRefused(get(wall.stream("a")), 429, ":bits.error/address-limit");
    }
  }

  private static void assertRefused(HttpResponse<InputStream> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Bits-Error")).contains(code);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
  }
}
