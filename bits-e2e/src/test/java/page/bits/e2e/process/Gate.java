/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.process;

import java.io.IOException;
import java.io.OutputStream;
import page.bits.testkit.network.TcpProxy;

/// A way to a server that can be shut: then all connections are cut, and new ones too. Thread-safe.
final class Gate implements AutoCloseable {
  private final TcpProxy<Way> proxy;
  private volatile boolean isShut;

  Gate(int serverPort) {
    this.proxy = new TcpProxy<>(serverPort, Way::new);
  }

  int port() {
    return proxy.port();
  }

  void shut() {
    isShut = true;
    proxy.links().forEach(Way::cut);
  }

  void open() {
    isShut = false;
  }

  @Override
  public void close() {
    proxy.close();
  }

  private final class Way extends TcpProxy.Link {
    @Override
    protected boolean isAdmitted() {
      return !isShut;
    }

    @Override
    protected boolean pass(boolean isToServer, byte[] chunk, int count, OutputStream to)
        throws IOException {
      to.write(chunk, 0, count);
      return true;
    }
  }
}
