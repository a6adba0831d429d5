/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import page.bits.e2e.Http;
import page.bits.live.LiveSettings;
import page.bits.testkit.Await;

/// Readers that close their streams while nothing happens.
final class DepartureTest {
  private static final int READERS = 10;
  private static final LiveSettings SILENT =
      LiveSettings.standard().heartbeat(Duration.ofHours(1)); // no write would notice it

  @Test
  void stream_readerLeavesInSilence_endsAtOnceAndOthersGoOn() throws Exception {
    try (var wall = new Wall(SILENT, 0)) {
      List<Socket> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(reader(wall));
      }
      Socket staying = reader(wall);
      Await.until("all streams are open", () -> streams(wall) == READERS + 1);
      for (Socket reader : readers) {
        reader.close();
      }
      Await.until("the streams of those who left have ended", () -> streams(wall) == 1);
      wall.post("lake", "still here");
      awaitText(staying, "still here");
      staying.close();
      Await.until("no stream is left", () -> streams(wall) == 0);
    }
  }

  @Test
  void stream_moreIsSentOnItsConnection_isIgnored() throws Exception {
    try (var wall = new Wall(SILENT, 0);
        Socket reader = reader(wall)) {
      String again = "GET /-/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".repeat(100);
      reader.getOutputStream().write(again.getBytes(StandardCharsets.US_ASCII));
      wall.post("lake", "after the noise");
      awaitText(reader, "after the noise");
      assertThat(streams(wall)).isEqualTo(1);
      wall.drain();
      assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .as("the stream's end ends the connection; no other answer comes on it")
          .contains("event: drain")
          .doesNotContain("HTTP/1.1");
    }
  }

  private static Socket reader(Wall wall) throws Exception {
    var socket = new Socket("127.0.0.1", wall.port());
    socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
    String path = "/-/stream?page=/lake&cursor=" + wall.cursor();
    String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void awaitText(Socket reader, String text) throws Exception {
    InputStream in = reader.getInputStream();
    var seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int next = in.read();
      assertThat(next).as("the end of the stream, after: %s", seen).isNotNegative();
      seen.append((char) next);
    }
  }

  private static long streams(Wall wall) {
    String health = Http.get(wall.address("/-/health")).body();
    return Long.parseLong(health.replaceAll("(?s).*\"streams\":\\s*(\\d+).*", "$1"));
  }
}
