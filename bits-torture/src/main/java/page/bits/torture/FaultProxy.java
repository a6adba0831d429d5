/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import page.bits.testkit.network.TcpProxy;

/// A way to a server on which connections are cut, also in the middle of what is being sent, or
/// swallow everything. Thread-safe.
final class FaultProxy implements AutoCloseable {
  private static final long LOOK_NANOS = 5_000_000;

  private final TcpProxy<Torn> proxy;
  private volatile boolean isSwallowing;

  FaultProxy(int serverPort) {
    this.proxy = new TcpProxy<>(serverPort, Torn::new);
  }

  int port() {
    return proxy.port();
  }

  /// Cuts some of the connections at once, the others in the middle of the next thing they send.
  void cut(Random random) {
    for (Torn link : proxy.links()) {
      switch (random.nextInt(3)) {
        case 0 -> link.cut();
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

  @Override
  public void close() {
    proxy.close();
  }

  private final class Torn extends TcpProxy.Link {
    private volatile boolean tearNext;

    @Override
    protected boolean pass(boolean isToServer, byte[] chunk, int count, OutputStream to)
        throws IOException {
      while (isSwallowing && !isCut()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      boolean isTorn = tearNext;
      to.write(chunk, 0, isTorn ? count / 2 : count);
      return !isTorn;
    }
  }
}
