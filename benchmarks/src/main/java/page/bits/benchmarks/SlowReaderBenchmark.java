/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import page.bits.db.Bits;
import page.bits.db.Connection;
import page.bits.live.Fragment;
import page.bits.live.Html;
import page.bits.live.Site;
import page.bits.live.jetty.JettySite;

/// From a commit to the bytes on other readers' streams, with and without readers that a signal
/// stopped: 100 readers in this process, 20 stopped curls, frames of 16 KB, a post every 60 ms.
final class SlowReaderBenchmark {
  private static final int READERS = 100;
  private static final int STOPPED = 20;
  private static final int ROUNDS = 3;
  private static final int POSTS = 150;
  private static final long EVERY_NANOS = 60_000_000;
  private static final String FILLING = "<!--" + "0123456789abcdef".repeat(1000) + "-->";

  private SlowReaderBenchmark() {}

  static void run() throws Exception {
    System.out.println(Figures.header());
    try (Connection connection = Bits.connect("bits:mem:" + UUID.randomUUID());
        JettySite server = JettySite.start(site(connection), 0)) {
      String stream =
          "http://127.0.0.1:%d/-/stream?page=/&cursor=%s"
              .formatted(server.port(), connection.cursor());
      var arrivals = new LinkedBlockingQueue<Integer>();
      read(stream, arrivals);
      Object _ = measure(connection, arrivals, "warm-up");
      for (int round = 1; round <= ROUNDS; round++) { // in turns: the machine has moods
        System.out.println(measure(connection, arrivals, "no stopped reader").row());
        List<Process> stopped = stop(stream);
        System.out.println(measure(connection, arrivals, STOPPED + " stopped readers").row());
        stopped.forEach(Process::destroyForcibly);
      }
    }
  }

  private static Site site(Connection connection) {
    connection.ensureSchema(
        "[{:db/ident :wall/post :db/valueType :db.type/long :db/cardinality :db.cardinality/one}]");
    Object _ = connection.transact(List.of(Map.of(":db/ident", ":wall/wall", ":wall/post", -1)));
    Fragment<Fragment.None> wall =
        Fragment.shared(
            "wall",
            db ->
                Html.trusted(
                    "<p>post " + db.q("[:find ?p . :where [_ :wall/post ?p]]") + "</p>" + FILLING));
    return Site.on(connection).page("/", view -> view.show(wall));
  }

  private static Figures measure(
      Connection connection, LinkedBlockingQueue<Integer> arrivals, String name) throws Exception {
    var figures = new Figures("commit to bytes at " + READERS + " readers, " + name);
    for (int i = 0; i < POSTS; i++) {
      LockSupport.parkNanos(EVERY_NANOS);
      long start = System.nanoTime();
      Object _ = connection.transact(List.of(Map.of(":db/ident", ":wall/wall", ":wall/post", i)));
      for (int reader = 0; reader < READERS; reader++) {
        while (arrivals.take() != i) {
          Thread.onSpinWait(); // of the run before
        }
        figures.add(System.nanoTime() - start);
      }
    }
    return figures;
  }

  private static void read(String stream, LinkedBlockingQueue<Integer> arrivals) throws Exception {
    var standing = new CountDownLatch(READERS);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int i = 0; i < READERS; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                var request = HttpRequest.newBuilder(URI.create(stream)).build();
                try (var lines =
                    new BufferedReader(
                        new InputStreamReader(
                            client.send(request, BodyHandlers.ofInputStream()).body(),
                            StandardCharsets.UTF_8))) {
                  standing.countDown();
                  for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int at = line.indexOf("<p>post ");
                    if (at >= 0) {
                      arrivals.add(Integer.parseInt(line.substring(at + 8, line.indexOf("</p>"))));
                    }
                  }
                } catch (java.io.IOException | InterruptedException _) { // the server ends
                  Thread.currentThread().interrupt();
                }
              });
    }
    standing.await();
  }

  private static List<Process> stop(String stream) throws Exception {
    var all = new ArrayList<Process>();
    for (int i = 0; i < STOPPED; i++) {
      all.add(
          new ProcessBuilder("curl", "-sN", stream)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    LockSupport.parkNanos(1_000_000_000L);
    for (Process process : all) {
      int _ = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    }
    return all;
  }
}
