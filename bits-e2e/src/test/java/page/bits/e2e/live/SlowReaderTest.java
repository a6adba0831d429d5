/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.e2e.Http;
import page.bits.live.LiveSettings;
import page.bits.testkit.Await;
import page.bits.testkit.process.Children;

/// Readers that a signal stops in the middle of their streams, as real processes.
final class SlowReaderTest {
  private static final int STOPPED = 10;
  private static final int POSTS = 10_000;
  private static final long HEAP_BYTES_MAX = 64 * 1024;

  @TempDir private Path folder;

  @Test
  void readers_stoppedDuringTenThousandPosts_costLittleAndThenSeeTheNewest() throws Exception {
    LiveSettings settings =
        LiveSettings.standard()
            .renderInterval(Duration.ofMillis(1))
            .writeTimeout(Duration.ofMinutes(5)); // not what is looked at here
    try (var wall = new Wall(settings, 16_000)) {
      List<Path> files = new ArrayList<>();
      List<Process> stopped = new ArrayList<>();
      for (int i = 0; i < STOPPED; i++) {
        files.add(folder.resolve("stopped" + i));
        stopped.add(curl(wall, files.getLast()));
      }
      Path quick = folder.resolve("quick");
      Process reader = curl(wall, quick);
      post(wall, "first");
      Stream.concat(files.stream(), Stream.of(quick))
          .forEach(file -> Await.until(file + " has the first post", () -> has(file, "first")));

      signal(stopped, "STOP");
      for (int i = 1; i <= POSTS; i++) {
        post(wall, "post " + i + ".");
      }
      Await.until("the others see all", () -> has(quick, "post " + POSTS + "."));
      long heapWith = heap();
      signal(stopped, "CONT");
      for (Path file : files) {
        Await.until("the newest reaches " + file, () -> has(file, "post " + POSTS + "."));
        assertThat(events(file)).as("no backlog").isLessThan(events(quick));
      }
      stopped.forEach(Process::destroy);
      stopped.forEach(process -> Await.until("curl ends", () -> !process.isAlive()));
      long heapWithout = heap();
      assertThat((heapWith - heapWithout) / STOPPED)
          .as("heap of a stopped reader, in bytes")
          .isLessThan(HEAP_BYTES_MAX);
      reader.destroy();
    }
  }

  @Test
  void reader_thatTakesNothing_isCutOff() throws IOException {
    LiveSettings settings =
        LiveSettings.standard()
            .renderInterval(Duration.ofMillis(1))
            .writeTimeout(Duration.ofMillis(300));
    try (var wall = new Wall(settings, 200_000);
        var socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress("127.0.0.1", wall.port()));
      URI stream = URI.create(wall.stream("topic"));
      String request =
          "GET %s?%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
              .formatted(stream.getRawPath(), stream.getRawQuery());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      Await.until("the stream stands", () -> open(wall) == 1);
      var posts = new AtomicInteger();
      Await.until(
          "the reader is cut off",
          () -> {
            post(wall, "post " + posts.incrementAndGet());
            return open(wall) == 0;
          });
    }
  }

  private static int open(Wall wall) {
    return Http.get(wall.address("/-/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith("bits_streams_open "))
        .mapToInt(line -> Integer.parseInt(line.substring("bits_streams_open ".length())))
        .findFirst()
        .orElseThrow();
  }

  private static void post(Wall wall, String text) {
    wall.post("topic", text);
  }

  private static Process curl(Wall wall, Path to) throws IOException {
    return Children.add(
        new ProcessBuilder("curl", "-sN", wall.stream("topic"))
            .redirectOutput(to.toFile())
            .start());
  }

  private static void signal(List<Process> processes, String name) throws Exception {
    for (Process process : processes) {
      int exit =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      assertThat(exit).isZero();
    }
  }

  private static boolean has(Path file, String text) {
    try {
      String all = Files.readString(file);
      return all.lastIndexOf("<p>" + text + "</p>") >= 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long events(Path file) throws IOException {
    return Files.readString(file).lines().filter(line -> line.startsWith("id: ")).count();
  }

  /// What is reachable now.
  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
