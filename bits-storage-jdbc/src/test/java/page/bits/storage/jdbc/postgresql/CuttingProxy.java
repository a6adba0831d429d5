/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// A way to a server that is cut when a client sends a certain text: before the server has it, in
/// the middle, or after the server has answered. Thread-safe.
final class CuttingProxy implements AutoCloseable {
  enum Cut {
    BEFORE,
    INSIDE,
    AFTER
  }

  /// What is waited for; cut once.
  private record Order(Cut cut, String text, CountDownLatch isCut) {}

  private static final int CHUNK_BYTES = 1 << 16;

  private final ServerSocket listening;
  private final int serverPort;
  private final AtomicReference<Order> order =
      new AtomicReference<>(new Order(Cut.BEFORE, "", new CountDownLatch(0)));

  CuttingProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /// Cuts the connection over which this text comes next.
  void cut(Cut cut, String text) {
    order.set(new Order(cut, text, new CountDownLatch(1)));
  }

  /// Waits until that has happened.
  boolean hasCut() throws InterruptedException {
    return order.get().isCut().await(20, TimeUnit.SECONDS);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        var answers = new AtomicReference<Order>();
        Thread.ofVirtual().start(() -> forward(client, server, answers));
        Thread.ofVirtual().start(() -> answer(server, client, answers));
      } catch (IOException _) {
        // closed, or one connection failed: its client sees that
      }
    }
  }

  private void forward(Socket client, Socket server, AtomicReference<Order> answers) {
    var chunk = new byte[CHUNK_BYTES];
    try (client;
        server) {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
        Order now = order.get();
        boolean isMet = now.isCut().getCount() > 0 && holds(chunk, count, now.text());
        if (isMet && now.cut() == Cut.AFTER) {
          answers.set(now);
        } else if (isMet) {
          out.write(chunk, 0, now.cut() == Cut.INSIDE ? count / 2 : 0);
          out.flush();
          now.isCut().countDown();
          return;
        }
        out.write(chunk, 0, count);
        out.flush();
      }
    } catch (IOException _) {
      // the other side was cut
    }
  }

  private static void answer(Socket server, Socket client, AtomicReference<Order> answers) {
    var chunk = new byte[CHUNK_BYTES];
    try (server;
        client) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
        Order met = answers.get();
        if (met != null) {
          met.isCut().countDown(); // the server has done it, and nobody hears of that
          return;
        }
        out.write(chunk, 0, count);
        out.flush();
      }
    } catch (IOException _) {
      // the other side was cut
    }
  }

  private static boolean holds(byte[] chunk, int count, String text) {
    String all = new String(Arrays.copyOf(chunk, count), StandardCharsets.ISO_8859_1);
    return all.contains(text);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
