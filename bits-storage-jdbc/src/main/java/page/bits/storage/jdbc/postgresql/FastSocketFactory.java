/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/// Sockets for the connection that listens, without the driver's pause of 1 ms after a message.
///
/// When a notification has woken it, the driver asks whether more has come by reading with a
/// timeout of 1 ms. These sockets answer that question at once from what is there. For plain
/// connections only: under TLS the bytes waiting here say nothing about messages.
///
/// Public because the driver makes it by name.
public final class FastSocketFactory extends SocketFactory {
  /// Called by the driver.
  public FastSocketFactory() {}

  @Override
  public Socket createSocket() {
    return new FastSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    var socket = new FastSocket();
    socket.bind(new InetSocketAddress(localHost, localPort));
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  private static Socket connected(InetSocketAddress address) throws IOException {
    var socket = new FastSocket();
    socket.connect(address);
    return socket;
  }

  /// A socket that answers a read with the timeout of a probe from what has arrived.
  private static final class FastSocket extends Socket {
    private static final int PROBE_MILLIS = 1;

    private volatile int timeoutMillis;

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
      timeoutMillis = timeout;
      super.setSoTimeout(timeout);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          probe();
          return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
          probe();
          return in.read(into, offset, length);
        }

        private void probe() throws IOException {
          if (timeoutMillis == PROBE_MILLIS && in.available() == 0) {
            throw new SocketTimeoutException("nothing has arrived");
          }
        }
      };
    }
  }
}
