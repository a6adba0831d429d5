/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.live.LiveSettings;

/// Every combination of method, `Sec-Fetch-Site`, `Origin` and cookie, over real HTTP: only the
/// allowed ones change anything.
final class CrossSiteMatrixTest {
  private static final String ABSENT = "";
  private static final String OWN = "http://bits.example:8080";
  private static final String OTHER = "http://evil.example";

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
  private static final List<String> FETCH_SITES =
      List.of(ABSENT, "same-origin", "none", "same-site", "cross-site", "Same-Origin");
  private static final List<String> ORIGINS =
      List.of(
          ABSENT,
          OWN,
          "http://BITS.example:8080",
          "https://bits.example:8080",
          "http://bits.example",
          "http://bits.example:8080.evil.example",
          "http://bits.example:8081",
          OTHER,
          "null");

  private record Cell(String method, String fetchSite, String origin, boolean hasCookie) {
    /// The rule of `docs/reference/stream.md`, said once more.
    boolean mayChange() {
      if (!method.equals("POST")) {
        return false;
      }
      if (!fetchSite.isEmpty()) {
        return fetchSite.equals("same-origin") || fetchSite.equals("none");
      }
      if (!origin.isEmpty()) {
        return origin.toLowerCase(java.util.Locale.ROOT).endsWith("://bits.example:8080");
      }
      return !hasCookie;
    }

    String head(int length) {
      return method
          + " /topic/post HTTP/1.1\r\nHost: bits.example:8080\r\nConnection: close\r\n"
          + line("Sec-Fetch-Site", fetchSite)
          + line("Origin", origin)
          + line("Cookie", hasCookie ? "bits-visitor=" + "A".repeat(43) : "")
          + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
          + length
          + "\r\n\r\n";
    }

    private static String line(String name, String value) {
      return value.isEmpty() ? "" : name + ": " + value + "\r\n";
    }
  }

  private static List<Cell> cells() {
    var cells = new ArrayList<Cell>();
    for (String method : METHODS) {
      for (String site : FETCH_SITES) {
        for (String origin : ORIGINS) {
          cells.add(new Cell(method, site, origin, true));
          cells.add(new Cell(method, site, origin, false));
        }
      }
    }
    return cells;
  }

  @Test
  void requests_ofEveryKind_changeSomethingOnlyWhereAllowed() throws IOException {
    try (var wall = new Wall(LiveSettings.standard(), 0)) {
      wall.post("topic", "before");
      int changes = 0;
      for (Cell cell : cells()) {
        String before = wall.newest("topic");
        String text = "by" + System.identityHashCode(cell);
        int status = send(wall.port(), cell, "text=" + text);

        boolean isChanged = wall.newest("topic").equals(text);
        assertThat(isChanged).as("%s answered %d", cell, status).isEqualTo(cell.mayChange());
        assertThat(isChanged || wall.newest("topic").equals(before)).isTrue();
        assertThat(status).as("%s", cell).isEqualTo(expected(cell));
        changes += isChanged ? 1 : 0;
      }
      assertThat(changes).as("allowed cells").isEqualTo(2 * 2 * ORIGINS.size() + 2 * 3 + 1);
    }
  }

  private static int expected(Cell cell) {
    if (cell.mayChange()) {
      return 303;
    }
    boolean isSafe = cell.method().equals("GET") || cell.method().equals("HEAD");
    var asPost = new Cell("POST", cell.fetchSite(), cell.origin(), cell.hasCookie());
    return isSafe || asPost.mayChange() ? 405 : 403;
  }

  private static int send(int port, Cell cell, String body) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = cell.head(body.length()) + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = Wall.utf8(socket.getInputStream().readAllBytes());
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length()).substring(0, 3));
    }
  }
}
