/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import page.bits.live.http.LiveRequest;
import page.bits.live.http.LiveResponse;

/// Somebody with a browser without script: cookies, pages, plain forms. May go to any node.
final class Person {
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final String address;
  private Node node;

  Person(Node node) {
    this(node, "192.0.2.1");
  }

  Person(Node node, String address) {
    this.node = node;
    this.address = address;
  }

  /// What came back: `location` is empty unless it leads on.
  record Got(int status, String location, String html) {
    Document document() {
      return Jsoup.parse(html);
    }

    /// The text of what a selector finds, joined by spaces.
    String text(String selector) {
      return document().select(selector).text();
    }
  }

  Person at(Node other) {
    node = other;
    return this;
  }

  Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(name));
  }

  Map<String, String> cookies() {
    return Map.copyOf(cookies);
  }

  void bring(Map<String, String> others) {
    cookies.clear();
    cookies.putAll(others);
  }

  Got get(String path) {
    return send("GET", path, "", Map.of());
  }

  /// Sends a form as a browser without script does, and does not follow the answer.
  Got post(String path, String page, String... fields) {
    var pairs = new ArrayList<String>();
    for (int i = 0; i < fields.length; i += 2) {
      pairs.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
    }
    return send(
        "POST",
        path,
        String.join("&", pairs),
        Map.of(
            "content-type", "application/x-www-form-urlencoded",
            "sec-fetch-site", "same-origin",
            "referer", "http://bits.test" + page));
  }

  Person signIn(String name) {
    Got got = post("/sign-in", "/sign-in", "name", name, "password", "open house");
    assertThat(got.status()).isEqualTo(303);
    return this;
  }

  /// The name in the bar; empty when nobody is signed in.
  String shownAs() {
    return get("/").text("nav .me");
  }

  LiveResponse stream(String page, String cursor) {
    return answer("GET", "/-/stream", "page=" + encoded(page) + "&cursor=" + cursor, "", Map.of());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Got send(String method, String path, String body, Map<String, String> headers) {
    var whole = (LiveResponse.Whole) answer(method, path, "", body, headers);
    String location = "";
    for (LiveResponse.Header header : whole.headers()) {
      if (header.name().equals("Set-Cookie")) {
        keep(header.value());
      } else if (header.name().equals("Location")) {
        location = header.value();
      }
    }
    return new Got(
        whole.status(), location, new String(whole.body().array(), StandardCharsets.UTF_8));
  }

  private void keep(String setCookie) {
    String pair = setCookie.substring(0, setCookie.indexOf(';'));
    cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
  }

  private LiveResponse answer(
      String method, String path, String query, String body, Map<String, String> headers) {
    var all = new LinkedHashMap<String, List<String>>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    all.put("host", List.of("bits.test"));
    all.put("user-agent", List.of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"));
    if (!cookies.isEmpty()) {
      String sent =
          cookies.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + entry.getValue())
              .collect(Collectors.joining("; "));
      all.put("cookie", List.of(sent));
    }
    return node.server()
        .handle(new LiveRequest(method, path, query, all, body, address, /* isTls= */ false));
  }
}
