/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import page.bits.e2e.Await;
import page.bits.e2e.Children;
import page.bits.live.LiveSettings;

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
          .forEach(file -> Await.until(() -> has(file, "first"), file + " has the first post"));

      signal(stopped, "STOP");
      for (int i = 1; i <= POSTS; i++) {
        post(wall, "post " + i + ".");
      }
      Await.until(() -> has(quick, "post " + POSTS + "."), "the others see all");
      long heapWith = heap();
      signal(stopped, "CONT");
      for (Path file : files) {
        Await.until(() -> has(file, "post " + POSTS + "."), "the newest reaches " + file);
        assertThat(events(file)).as("no backlog").isLessThan(events(quick));
      }
      stopped.forEach(Process::destroy);
      stopped.forEach(process -> Await.until(() -> !process.isAlive(), "curl ends"));
      long heapWithout = heap();
      assertThat((heapWith - heapWithout) / STOPPED)
          .as("heap of a stopped reader, in bytes")
          .isLessThan(HEAP_BYTES_MAX);
      reader.destroy();
    }
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
