/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
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
    int portA = freePort();
    int portB = freePort();
    Process a = serve(uri, portA);
    Process b = serve(uri, portB);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var arrivals = new LinkedBlockingQueue<Arrival>();
      awaitPage(client, portA);
      String cursor = awaitPage(client, portB);
      String session = signIn(client, portA);
      CompletableFuture<Void> reading = read(client, portB, cursor, arrivals);
      var toStream = new Figures("POST on A to bytes on a stream of B, " + storage);
      var answer = new Figures("POST on A to its own answer (303), " + storage);
      for (int i = 0; i < WARM_UP + COUNT; i++) {
        LockSupport.parkNanos(EVERY_NANOS);
        long start = System.nanoTime();
        int status = client.send(post(portA, session, i), BodyHandlers.discarding()).statusCode();
        long answered = System.nanoTime();
        if (status != 303) {
          throw new IllegalStateException("post " + i + " was answered by " + status);
        }
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
      b.destroyForcibly().waitFor(); // ends the stream, which the client would wait for
      reading.get();
    } finally {
      a.destroyForcibly();
      b.destroyForcibly();
    }
  }

  private static Process serve(String uri, int port) throws Exception {
    Process process =
        Servers.java(
            "page.bits.cli.Main", "serve", "--db", uri, "--port", Integer.toString(port), "--demo");
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("http://")) {
        return process;
      }
    }
    throw new IllegalStateException("the node on " + port + " did not start");
  }

  private static String awaitPage(HttpClient client, int port) throws Exception {
    var page = HttpRequest.newBuilder(uri(port, "/c/mira")).build();
    return client
        .send(page, BodyHandlers.ofString())
        .headers()
        .firstValue("Bits-Cursor")
        .orElseThrow();
  }

  /// The cookie of a sample creator who is signed in.
  private static String signIn(HttpClient client, int port) throws Exception {
    HttpRequest request =
        form(port, "/sign-in", "name=mira&password=" + encoded("open house")).build();
    return client
        .send(request, BodyHandlers.discarding())
        .headers()
        .allValues("Set-Cookie")
        .stream()
        .filter(cookie -> cookie.startsWith("bits-visitor="))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }

  private static HttpRequest post(int port, String session, int i) {
    return form(port, "/c/mira/posts", "text=" + encoded("post " + i))
        .header("Cookie", session)
        .header("Sec-Fetch-Site", "same-origin")
        .build();
  }

  private static HttpRequest.Builder form(int port, String path, String fields) {
    return HttpRequest.newBuilder(uri(port, path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(fields));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Notes the moment at which each event begins to arrive, and the newest post in it.
  private static CompletableFuture<Void> read(
      HttpClient client, int port, String cursor, LinkedBlockingQueue<Arrival> arrivals)
      throws Exception {
    var request =
        HttpRequest.newBuilder(uri(port, "/-/stream?page=/c/mira&cursor=" + cursor)).build();
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

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
