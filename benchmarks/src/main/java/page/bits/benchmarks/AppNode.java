/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// One node of the application in a process of its own, and what a client does with it. Closing it
/// kills it.
final class AppNode implements AutoCloseable {
  /// The page of a sample creator that everything happens on.
  static final String PAGE = "/c/mira";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final int port;

  private AppNode(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts `bits serve --demo` and waits until it listens.
  static AppNode serve(String uri) throws Exception {
    int port = freePort();
    Process process =
        Servers.java(
            "page.bits.cli.Main", "serve", "--db", uri, "--port", Integer.toString(port), "--demo");
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("http://")) {
        return new AppNode(process, port);
      }
    }
    throw new IllegalStateException("the node on " + port + " did not start");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /// Loads the page, and answers the cursor that it shows.
  String cursor() throws Exception {
    return CLIENT
        .send(HttpRequest.newBuilder(uri(PAGE)).build(), BodyHandlers.discarding())
        .headers()
        .firstValue("Bits-Cursor")
        .orElseThrow();
  }

  String get(String path) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
  }

  /// The cookie of a sample creator who is signed in.
  String signIn() throws Exception {
    HttpRequest request = form("/sign-in", "name=mira&password=" + encoded("open house")).build();
    return CLIENT
        .send(request, BodyHandlers.discarding())
        .headers()
        .allValues("Set-Cookie")
        .stream()
        .filter(cookie -> cookie.startsWith("bits-visitor="))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }

  /// Posts a text as a browser without script does, and waits for the answer.
  void post(String session, String text) throws Exception {
    HttpRequest request =
        form(PAGE + "/posts", "text=" + encoded(text))
            .header("Cookie", session)
            .header("Sec-Fetch-Site", "same-origin")
            .build();
    int status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 303) {
      throw new IllegalStateException("'" + text + "' was answered by " + status);
    }
  }

  private HttpRequest.Builder form(String path, String fields) {
    return HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(fields));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// How many streams it holds.
  long streams() throws Exception {
    return number(get("/-/metrics"), "bits_streams_open (\\d+)");
  }

  /// The resident memory of the process, in KiB.
  long residentKib() throws IOException {
    return number(
        Files.readString(Path.of("/proc/" + process.pid() + "/status")), "VmRSS:\\s+(\\d+) kB");
  }

  /// What lies on the heap after a full collection, in KiB.
  long heapKib() throws Exception {
    jcmd("GC.run");
    String text = jcmd("GC.heap_info");
    return Pattern.compile("used (\\d+)K")
        .matcher(
            text.lines()
                .filter(line -> !line.contains("Metaspace") && !line.contains("class space"))
                .reduce("", (a, b) -> a + b + "\n"))
        .results()
        .mapToLong((MatchResult result) -> Long.parseLong(result.group(1)))
        .sum();
  }

  private String jcmd(String command) throws Exception {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process run =
        new ProcessBuilder(tool.toString(), Long.toString(process.pid()), command).start();
    String text = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    run.waitFor();
    return text;
  }

  /// A number in a text, by a pattern with one group.
  static long number(String text, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
