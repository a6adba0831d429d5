/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Stands before a site, counts its streams, and answers some requests as a test wants it. One
/// request for each connection. Thread-safe; closing it cuts every line.
final class ScriptedServer implements AutoCloseable {
  private static final String STREAM = "GET /-/stream";

  private final int site;
  private final int port;
  private final Queue<Scripted> streams = new ConcurrentLinkedQueue<>();
  private final Queue<Scripted> posts = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final Set<Socket> lines = Collections.synchronizedSet(new HashSet<>());
  private volatile String refuseAfter = "";
  private volatile ServerSocket listener;

  private ScriptedServer(int site, ServerSocket listener) {
    this.site = site;
    this.listener = listener;
    this.port = listener.getLocalPort();
    accept(listener);
  }

  /// Starts before the site that listens on this port.
  static ScriptedServer before(int site) {
    return new ScriptedServer(site, bind(0));
  }

  private static ServerSocket bind(int port) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /// What the next requests for a stream get, in this order; later ones pass.
  void streams(Scripted... answers) {
    streams.addAll(List.of(answers));
  }

  /// What the next POSTs get, in this order; later ones pass.
  void posts(Scripted... answers) {
    posts.addAll(List.of(answers));
  }

  /// After the next request that begins like this, new connections are refused until [#listen].
  void refuseAfter(String request) {
    refuseAfter = request;
  }

  void listen() {
    listener = bind(port);
    accept(listener);
  }

  /// How many streams were asked for.
  int asked() {
    return asked.get();
  }

  /// How many streams are open.
  int open() {
    return open.get();
  }

  private void accept(ServerSocket from) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket line = from.accept();
                  Thread.ofVirtual().start(() -> serve(line));
                }
              } catch (IOException _) { // no longer listening
              }
            });
  }

  private void serve(Socket line) {
    lines.add(line);
    try (line;
        var in = new BufferedInputStream(line.getInputStream())) {
      String head = head(in);
      if (head.isEmpty()) {
        return; // a connection that was opened in advance and not used
      }
      if (!refuseAfter.isEmpty() && head.startsWith(refuseAfter)) {
        refuseAfter = "";
        listener.close();
      }
      if (head.startsWith(STREAM)) {
        stream(head, line, in);
      } else {
        play(head.startsWith("POST") ? posts.poll() : null, head, line, in);
      }
    } catch (IOException _) { // the other side has gone
    } finally {
      lines.remove(line);
    }
  }

  private void stream(String head, Socket line, InputStream in) throws IOException {
    asked.incrementAndGet();
    open.incrementAndGet();
    try {
      play(streams.poll(), head, line, in);
    } finally {
      open.decrementAndGet();
    }
  }

  private void play(@Nullable Scripted script, String head, Socket line, InputStream in)
      throws IOException {
    switch (script == null ? new Scripted.Pass() : script) {
      case Scripted.Raw(String text, boolean thenSilent) -> {
        line.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        line.getOutputStream().flush();
        if (thenSilent) {
          in.transferTo(OutputStream.nullOutputStream()); // until the browser goes
        }
      }
      case Scripted.Pass() -> pass(head, line, in, /* isAnswered= */ true);
      case Scripted.Lost() -> pass(head, line, in, /* isAnswered= */ false);
    }
  }

  private void pass(String head, Socket line, InputStream in, boolean isAnswered)
      throws IOException {
    try (var there = new Socket(InetAddress.getLoopbackAddress(), site)) {
      String once = head.replaceFirst("(?i)\r\nConnection: [^\r]*", "\r\nConnection: close");
      there.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
      Thread.ofVirtual().start(() -> forward(in, there));
      if (isAnswered) {
        there.getInputStream().transferTo(line.getOutputStream());
      } else {
        there.getInputStream().readAllBytes();
      }
    }
  }

  /// Carries the rest of the request; when the browser goes, the site hears it at once.
  private static void forward(InputStream in, Socket there) {
    try (there) {
      in.transferTo(there.getOutputStream());
    } catch (IOException _) { // the other side has gone
    }
  }

  private static String head(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes.write(b);
      if (b == '\n' && bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket line : List.copyOf(lines)) {
        line.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
