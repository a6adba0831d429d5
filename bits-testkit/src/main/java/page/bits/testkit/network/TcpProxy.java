/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A way to a server on this machine; what passes is up to its [Link]s, one for each connection.
/// Thread-safe.
public final class TcpProxy<L extends TcpProxy.Link> implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 16;

  private final ServerSocket listening;
  private final int serverPort;
  private final Supplier<L> newLink;
  private final Set<L> links = ConcurrentHashMap.newKeySet();

  public TcpProxy(int serverPort, Supplier<L> newLink) {
    this.serverPort = serverPort;
    this.newLink = newLink;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  /// Where clients connect.
  public int port() {
    return listening.getLocalPort();
  }

  /// The connections that are open now.
  public List<L> links() {
    return List.copyOf(links);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        try {
          connect(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
        } catch (IOException _) {
          client.close(); // the server is away
        }
      } catch (IOException _) {
        // closed, or one client has gone already
      }
    }
  }

  private void connect(Socket client, Socket server) throws IOException {
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    L link = newLink.get();
    link.open(client, server, () -> links.remove(link));
    links.add(link);
    if (!link.isAdmitted()) {
      link.cut();
      return;
    }
    Thread.ofVirtual().start(() -> link.pump(client, server, /* isToServer= */ true));
    Thread.ofVirtual().start(() -> link.pump(server, client, /* isToServer= */ false));
  }

  /// Ends with all connections.
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    links.forEach(Link::cut);
  }

  /// One connection, in both directions.
  public abstract static class Link {
    private @Nullable Socket client;
    private @Nullable Socket server;
    private @Nullable Runnable gone;

    final void open(Socket from, Socket to, Runnable whenGone) {
      client = from;
      server = to;
      gone = whenGone;
    }

    /// Whether this connection may be at all; asked once it can be cut.
    protected boolean isAdmitted() {
      return true;
    }

    /// Passes on, or keeps, the first `count` bytes of the chunk; false cuts the connection.
    protected abstract boolean pass(boolean isToServer, byte[] chunk, int count, OutputStream to)
        throws IOException;

    final void pump(Socket from, Socket to, boolean isToServer) {
      var chunk = new byte[CHUNK_BYTES];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count = in.read(chunk);
            count > 0 && pass(isToServer, chunk, count, out);
            count = in.read(chunk)) {
          out.flush();
        }
      } catch (IOException _) {
        // one side is gone
      }
      cut();
    }

    /// Whether it was cut, or one side has gone.
    public final boolean isCut() {
      return Objects.requireNonNull(client).isClosed();
    }

    public final void cut() {
      Objects.requireNonNull(gone).run();
      closeQuietly(Objects.requireNonNull(client));
      closeQuietly(Objects.requireNonNull(server));
    }

    private static void closeQuietly(Socket socket) {
      try {
        socket.close();
      } catch (IOException _) {
        // it was closed
      }
    }
  }
}
