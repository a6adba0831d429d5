/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Streams of visitors that are nobody's browser: each is a person of its own. Confined to one
/// thread; closing it ends them.
final class Streams implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<InputStream> open = new ArrayList<>();

  /// A new visitor loads a page and opens its stream.
  void open(String node, String path) {
    HttpResponse<String> page = send(get(node + path), BodyHandlers.ofString());
    String cookie =
        page.headers().allValues("set-cookie").stream()
            .map(each -> each.split(";", 2)[0])
            .collect(Collectors.joining("; "));
    String cursor = page.headers().firstValue("bits-cursor").orElseThrow();
    HttpResponse<InputStream> stream =
        send(
            get(node + "/-/stream?page=" + path + "&cursor=" + cursor).header("Cookie", cookie),
            BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    open.add(stream.body());
  }

  private static HttpRequest.Builder get(String address) {
    return HttpRequest.newBuilder(URI.create(address));
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// All visitors leave.
  void leave() {
    client.shutdownNow();
  }

  @Override
  public void close() {
    leave();
    client.close();
  }
}
