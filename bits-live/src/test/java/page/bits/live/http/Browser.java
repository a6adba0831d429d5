/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Sends requests to a server without a network, and keeps its cookies.
final class Browser {
  private final LiveServer server;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Browser(LiveServer server) {
    this.server = server;
  }

  LiveResponse get(String target, String... headers) {
    return send("GET", target, "", headers);
  }

  LiveResponse post(String target, String body, String... headers) {
    return send("POST", target, body, headers);
  }

  LiveResponse send(String method, String target, String body, String... headers) {
    var map = new HashMap<String, List<String>>();
    map.put("host", List.of("localhost"));
    map.put("sec-fetch-site", List.of("same-origin"));
    if (!cookies.isEmpty()) {
      String all =
          cookies.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining("; "));
      map.put("cookie", List.of(all));
    }
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], List.of(headers[i + 1]));
    }
    if (!body.isEmpty()) {
      map.put("content-type", List.of("application/x-www-form-urlencoded"));
    }
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    LiveResponse answer =
        server.handle(
            new LiveRequest(method, path, query, map, body, "127.0.0.1", /* isTls= */ false));
    keep(answer);
    return answer;
  }

  private void keep(LiveResponse answer) {
    for (LiveResponse.Header header : answer.headers()) {
      if (header.name().equals("Set-Cookie")) {
        String pair = header.value().split(";", 2)[0];
        int equals = pair.indexOf('=');
        cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
  }

  Map<String, String> cookies() {
    return cookies;
  }

  StreamReader stream(String page, LiveResponse from) {
    return new StreamReader(
        get("/-/stream?page=" + page + "&cursor=" + header(from, "Bits-Cursor")));
  }

  static String text(LiveResponse response) {
    return new String(((LiveResponse.Whole) response).body().array(), StandardCharsets.UTF_8);
  }

  static String header(LiveResponse response, String name) {
    return response.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(LiveResponse.Header::value)
        .findFirst()
        .orElse("");
  }
}
