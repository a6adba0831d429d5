/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Many readers of one page's stream, on one thread. The bytes are dropped; the moment at which
/// each reader gets the first bytes of a frame is noted. Closing it ends the streams.
final class Readers implements AutoCloseable {
  /// Fewer than the streams that a node lets one client address have.
  private static final int PORTS_PER_ADDRESS = 1_500;

  private final Selector selector;
  private final SocketChannel[] channels;
  private final long[] arrivals;
  private volatile long since = Long.MAX_VALUE;
  private volatile CountDownLatch missing = new CountDownLatch(0);

  private Readers(Selector selector, int count) {
    this.selector = selector;
    this.channels = new SocketChannel[count];
    this.arrivals = new long[count];
  }

  /// Opens this many streams from the cursor on, and waits until each stands.
  static Readers open(AppNode node, String cursor, int count) throws Exception {
    var readers = new Readers(Selector.open(), count);
    readers.expect();
    for (int i = 0; i < count; i++) {
      readers.connect(i, node.port(), cursor);
    }
    Thread.ofPlatform().daemon().name("readers").start(readers::read);
    readers.await("streams");
    return readers;
  }

  private void connect(int i, int port, String cursor) throws IOException {
    var channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.bind(new InetSocketAddress("127.0.0." + (1 + i / PORTS_PER_ADDRESS), 0));
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    String request =
        "GET /-/stream?page=%s&cursor=%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
            .formatted(AppNode.PAGE, cursor, port);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    channels[i] = channel;
    channel.register(selector, SelectionKey.OP_READ, i);
  }

  /// From now on, the first bytes that each reader gets are noted; heartbeats are not counted.
  void expect() {
    missing = new CountDownLatch(channels.length);
    since = System.nanoTime();
  }

  /// Waits until every reader got something since [#expect].
  void await(String what) throws InterruptedException {
    if (!missing.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(missing.getCount() + " readers are missing: " + what);
    }
  }

  /// The nanoseconds from [#expect] to a reader's first bytes.
  long delay(int reader) {
    return arrivals[reader] - since;
  }

  int count() {
    return channels.length;
  }

  private void read() {
    var buffer = ByteBuffer.allocateDirect(1 << 18);
    try {
      while (selector.isOpen()) {
        selector.select(key -> read(key, buffer));
      }
    } catch (IOException | java.nio.channels.ClosedSelectorException _) { // closed
      return;
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer) {
    long now = System.nanoTime();
    int i = (Integer) key.attachment();
    try {
      buffer.clear();
      int n = channels[i].read(buffer);
      if (n < 0) {
        key.cancel();
      }
      // A heartbeat is a chunk of a few bytes; an answer's head and a frame are longer.
      if (n > 40 && arrivals[i] < since) {
        arrivals[i] = now;
        missing.countDown();
      }
    } catch (IOException _) { // cut by the node
      key.cancel();
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
