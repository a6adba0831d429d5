/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A way to a server on which connections are cut, also in the middle of what is being sent, or
/// swallow everything. Thread-safe.
final class FaultProxy implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final long LOOK_NANOS = 5_000_000;

  private final ServerSocket listening;
  private final int serverPort;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile boolean isSwallowing;

  FaultProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("proxy").start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /// Cuts some of the connections at once, the others in the middle of the next thing they send.
  void cut(Random random) {
    List<Link> all = new ArrayList<>(links);
    for (Link link : all) {
      switch (random.nextInt(3)) {
        case 0 -> link.close();
        case 1 -> link.tearNext = true;
        default -> {} // spared
      }
    }
  }

  /// From now on nothing passes, and nobody is told; until it is healed.
  void swallow() {
    isSwallowing = true;
  }

  /// Lets everything pass; what was swallowed before is passed on late.
  void heal() {
    isSwallowing = false;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        try {
          var link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
          links.add(link);
          Thread.ofVirtual().start(() -> link.pump(link.client, link.server));
          Thread.ofVirtual().start(() -> link.pump(link.server, link.client));
        } catch (IOException _) {
          client.close(); // the server is away
        }
      } catch (IOException _) {
        // closed, or one client has gone already
      }
    }
  }

  /// One connection, in both directions.
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean tearNext;

    private Link(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    private void pump(Socket from, Socket to) {
      var chunk = new byte[CHUNK_BYTES];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
          while (isSwallowing && !from.isClosed()) {
            LockSupport.parkNanos(LOOK_NANOS);
          }
          if (tearNext) {
            out.write(chunk, 0, count / 2);
            out.flush();
            break;
          }
          out.write(chunk, 0, count);
          out.flush();
        }
      } catch (IOException _) {
        // one side is gone
      }
      close();
    }

    private void close() {
      links.remove(this);
      closeQuietly(client);
      closeQuietly(server);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it was closed
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    links.forEach(Link::close);
  }
}
