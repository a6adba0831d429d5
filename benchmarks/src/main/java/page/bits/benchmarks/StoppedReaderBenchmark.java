/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import page.bits.db.Bits;

/// A reader that is stopped (SIGSTOP) while thousands of posts go by: what it costs in heap, what
/// the others notice, and what it gets afterwards.
final class StoppedReaderBenchmark {
  private static final int READERS = 100;
  private static final int WARM_UP = 500;
  private static final int POSTS = Integer.getInteger("bits.posts", 1_000);
  private static final String FILLER = " and so on".repeat(100);

  private StoppedReaderBenchmark() {}

  static void run() throws Exception {
    String uri = Servers.sqlite();
    Bits.create(uri);
    try (var node = AppNode.serve(uri)) {
      String session = node.signIn();
      try (var readers = Readers.open(node, node.cursor(), READERS)) {
        posts(node, session, readers, WARM_UP, "warm up");
        System.out.println(Figures.header());
        System.out.println(posts(node, session, readers, POSTS, "without a stopped reader").row());
        Path seen = Servers.folder().resolve("seen");
        String cursor = node.cursor();
        Process curl = curl(node, cursor, seen);
        signal("STOP", curl);
        System.out.println(posts(node, session, readers, POSTS, "with one").row());
        System.out.printf(
            "%nstreams open: %d of %d; heap with the stopped reader: %d KiB%n",
            node.streams(), READERS + 1, node.heapKib());
        signal("CONT", curl);
        tellFirstFrame(node, curl, cursor, seen);
      }
    }
  }

  private static Figures posts(
      AppNode node, String session, Readers readers, int count, String name) throws Exception {
    var figures = new Figures("POST to each of 100 streams, " + name);
    for (int i = 0; i < count; i++) {
      readers.expect();
      node.post(session, name + " " + i + FILLER);
      readers.await(name + " " + i);
      for (int reader = 0; reader < readers.count(); reader++) {
        figures.add(readers.delay(reader));
      }
    }
    return figures;
  }

  private static Process curl(AppNode node, String cursor, Path into) throws Exception {
    String address = node.uri("/-/stream?page=" + AppNode.PAGE + "&cursor=" + cursor).toString();
    Process curl =
        new ProcessBuilder(List.of("curl", "-sN", address)).redirectOutput(into.toFile()).start();
    while (Files.size(into) == 0) {
      Thread.onSpinWait();
    }
    return curl;
  }

  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /// What it had unread comes first, then either the newest state or the end of a line that was cut
  /// because a write took too long; a new stream from its last cursor leads there in one frame.
  private static void tellFirstFrame(AppNode node, Process curl, String first, Path seen)
      throws Exception {
    String head = node.cursor();
    long began = System.nanoTime();
    while (curl.isAlive() && !head.equals(last(seen, first))) {
      if (System.nanoTime() - began > 30_000_000_000L) {
        throw new IllegalStateException("the reader neither caught up nor was cut");
      }
      Thread.onSpinWait();
    }
    String have = last(seen, first);
    System.out.printf(
        "frames it had to read: %d; then %s%n",
        count(seen), head.equals(have) ? "it was at the head" : "it was cut off, at " + have);
    if (!head.equals(have)) {
      Path again = Servers.folder().resolve("again");
      Process next = curl(node, have, again);
      while (count(again) == 0) {
        Thread.onSpinWait();
      }
      System.out.println(
          "first frame of its next stream: "
              + (last(again, "").equals(head) ? "the head" : "not the head"));
      next.destroyForcibly();
    }
    curl.destroyForcibly();
    System.out.printf("heap when it is gone: %d KiB%n", node.heapKib());
  }

  private static long count(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith("id: ")).count();
    }
  }

  private static String last(Path file, String none) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("id: "))
          .map(line -> line.substring(4))
          .reduce((_, b) -> b)
          .orElse(none);
    }
  }
}
