/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import page.bits.live.http.LiveRequest;
import page.bits.live.http.LiveResponse;

/// A browser: it keeps cookies and has pages open. Thread-safe.
public final class Visitor {
  private static final String HOST = "bits.test";

  private final TestSite site;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private volatile int node;

  Visitor(TestSite site, int node) {
    this.site = site;
    this.node = node;
  }

  /// Opens a page and its stream. Redirects are followed.
  public OpenPage open(String path) {
    return new OpenPage(this, path);
  }

  /// A page without its stream, as a browser without script has it. Redirects are not followed.
  public TestAnswer get(String target) {
    return TestAnswer.of(send("GET", target, "", Map.of()));
  }

  /// A form sent without script from a page of this site.
  public TestAnswer post(String page, String action, Map<String, String> fields) {
    return TestAnswer.of(
        send("POST", action, encoded(fields), Map.of("referer", "http://" + HOST + page)));
  }

  /// Its requests go to that node from now on.
  public Visitor moveTo(int other) {
    node = other;
    return this;
  }

  int node() {
    return node;
  }

  void moveOn() {
    node = (node + 1) % site.nodeCount();
  }

  /// The cookies it has, by name.
  public Map<String, String> cookies() {
    synchronized (cookies) {
      return new LinkedHashMap<>(cookies);
    }
  }

  LiveResponse send(String method, String target, String body, Map<String, String> headers) {
    var all = new HashMap<String, List<String>>();
    all.put("host", List.of(HOST));
    all.put("sec-fetch-site", List.of("same-origin"));
    if (!body.isEmpty()) {
      all.put("content-type", List.of("application/x-www-form-urlencoded"));
    }
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    Map<String, String> mine = cookies();
    if (!mine.isEmpty()) {
      String line =
          mine.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining("; "));
      all.put("cookie", List.of(line));
    }
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String query = question < 0 ? "" : target.substring(question + 1);
    LiveResponse answer =
        site.handle(
            node, new LiveRequest(method, path, query, all, body, "127.0.0.1", /* isTls= */ false));
    keep(answer);
    return answer;
  }

  private void keep(LiveResponse answer) {
    synchronized (cookies) {
      for (LiveResponse.Header header : answer.headers()) {
        String pair = header.value().split(";", 2)[0];
        int equals = pair.indexOf('=');
        if (header.name().equals("Set-Cookie") && equals > 0) {
          cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
    }
  }

  /// Remembers the newest point that a page of this browser shows, as the script does.
  void remember(String cursor) {
    synchronized (cookies) {
      cookies.put("bits-cursor", cursor);
    }
  }

  static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
