/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.postgresql;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import page.bits.testkit.network.TcpProxy;

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

  private final TcpProxy<Listening> proxy;
  private final AtomicReference<Order> order =
      new AtomicReference<>(new Order(Cut.BEFORE, "", new CountDownLatch(0)));

  CuttingProxy(int serverPort) {
    this.proxy = new TcpProxy<>(serverPort, Listening::new);
  }

  int port() {
    return proxy.port();
  }

  /// Cuts the connection over which this text comes next.
  void cut(Cut cut, String text) {
    order.set(new Order(cut, text, new CountDownLatch(1)));
  }

  /// Waits until that has happened.
  boolean hasCut() throws InterruptedException {
    return order.get().isCut().await(20, TimeUnit.SECONDS);
  }

  /// Cuts every connection now.
  void cutAll() {
    proxy.links().forEach(TcpProxy.Link::cut);
  }

  @Override
  public void close() {
    proxy.close();
  }

  private final class Listening extends TcpProxy.Link {
    /// The next answer of the server is that to the text.
    private volatile @Nullable Order answered;

    @Override
    protected boolean pass(boolean isToServer, byte[] chunk, int count, OutputStream to)
        throws IOException {
      return isToServer ? forward(chunk, count, to) : answer(chunk, count, to);
    }

    private boolean forward(byte[] chunk, int count, OutputStream to) throws IOException {
      Order now = order.get();
      boolean isMet = now.isCut().getCount() > 0 && holds(chunk, count, now.text());
      if (isMet && now.cut() == Cut.AFTER) {
        answered = now;
      } else if (isMet) {
        to.write(chunk, 0, now.cut() == Cut.INSIDE ? count / 2 : 0);
        now.isCut().countDown();
        return false;
      }
      to.write(chunk, 0, count);
      return true;
    }

    private boolean answer(byte[] chunk, int count, OutputStream to) throws IOException {
      Order met = answered;
      if (met != null) {
        met.isCut().countDown(); // the server has done it, and nobody hears of that
        return false;
      }
      to.write(chunk, 0, count);
      return true;
    }
  }

  private static boolean holds(byte[] chunk, int count, String text) {
    String all = new String(Arrays.copyOf(chunk, count), StandardCharsets.ISO_8859_1);
    return all.contains(text);
  }
}
