/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import page.bits.db.Bits;

/// From the moment a POST is sent to one node to the bytes of the changed fragment on a stream of
/// another node, over loopback.
///
/// A post every 100 ms, so that no rendering waits for the one before (a fragment is rendered at
/// most once in 50 ms).
final class PostBenchmark {
  private static final int WARM_UP = 100;
  private static final int COUNT = 300;
  private static final long EVERY_NANOS = 100_000_000;

  private static final Pattern POST = Pattern.compile("post (\\d+)");

  /// When the event began to arrive that shows this post as its newest.
  private record Arrival(int post, long nanos) {}

  private PostBenchmark() {}

  static void run() throws Exception {
    System.out.println(Figures.header());
    measure("SQLite", Servers.sqlite());
    try (var server = Servers.postgresql()) {
      measure("PostgreSQL 18, fsync=on", Servers.uri(server));
    }
  }

  private static void measure(String storage, String uri) throws Exception {
    Bits.create(uri);
    try (var a = AppNode.serve(uri);
        var b = AppNode.serve(uri);
        HttpClient client = HttpClient.newHttpClient()) {
      var arrivals = new LinkedBlockingQueue<Arrival>();
      a.cursor();
      String cursor = b.cursor();
      String session = a.signIn();
      CompletableFuture<Void> reading = read(client, b, cursor, arrivals);
      var toStream = new Figures("POST on A to bytes on a stream of B, " + storage);
      var answer = new Figures("POST on A to its own answer (303), " + storage);
      for (int i = 0; i < WARM_UP + COUNT; i++) {
        LockSupport.parkNanos(EVERY_NANOS);
        long start = System.nanoTime();
        a.post(session, "post " + i);
        long answered = System.nanoTime();
        Arrival arrival = arrivals.take();
        while (arrival.post() < i) {
          arrival = arrivals.take();
        }
        if (i >= WARM_UP) {
          toStream.add(arrival.nanos() - start);
          answer.add(answered - start);
        }
      }
      System.out.println(answer.row());
      System.out.println(toStream.row());
      b.kill(); // ends the stream, which the client would wait for
      reading.get();
    }
  }

  /// Notes the moment at which each event begins to arrive, and the newest post in it.
  private static CompletableFuture<Void> read(
      HttpClient client, AppNode node, String cursor, LinkedBlockingQueue<Arrival> arrivals)
      throws Exception {
    var request =
        HttpRequest.newBuilder(node.uri("/-/stream?page=" + AppNode.PAGE + "&cursor=" + cursor))
            .build();
    var body = client.send(request, BodyHandlers.ofInputStream()).body();
    return CompletableFuture.runAsync(
        () -> {
          try (var lines =
              new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            long began = 0;
            int newest = -1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              if (line.startsWith("id: ")) {
                began = System.nanoTime();
                newest = -1;
              }
              Matcher post = POST.matcher(line);
              while (post.find()) {
                newest = Math.max(newest, Integer.parseInt(post.group(1)));
              }
              if (line.isEmpty() && newest >= 0) {
                arrivals.add(new Arrival(newest, began));
              }
            }
          } catch (java.io.IOException _) { // the node was stopped at the end
            return;
          }
        },
        task -> Thread.ofPlatform().daemon().start(task));
  }
}
