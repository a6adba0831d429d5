/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import page.bits.live.frame.SseEvent;

/// Reads a stream of a server without a network: what it sends arrives in a queue.
final class StreamReader implements AutoCloseable {
  private final LinkedBlockingQueue<String> chunks = new LinkedBlockingQueue<>();
  private final Thread thread;

  StreamReader(LiveResponse response) {
    if (!(response instanceof LiveResponse.Stream stream)) {
      throw new AssertionError("no stream but " + response.status());
    }
    thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    stream
                        .writer()
                        .write(bytes -> chunks.add(new String(bytes, StandardCharsets.UTF_8)));
                  } catch (IOException | InterruptedException _) { // the test closes it
                    Thread.currentThread().interrupt();
                  }
                });
  }

  /// The next event; fails when none comes.
  SseEvent next() {
    try {
      while (true) {
        String chunk = chunks.poll(10, TimeUnit.SECONDS);
        if (chunk == null) {
          throw new AssertionError("no event came");
        }
        List<SseEvent> events = SseEvent.parse(chunk);
        if (!events.isEmpty()) {
          return events.getFirst();
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Waits until the stream stands.
  void awaitFirstByte() {
    try {
      if (chunks.poll(10, TimeUnit.SECONDS) == null) {
        throw new AssertionError("no byte came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Waits until the stream ended by itself; returns the events that came before.
  List<SseEvent> rest() {
    try {
      if (!thread.join(java.time.Duration.ofSeconds(10))) {
        throw new AssertionError("the stream goes on");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    var all = new StringBuilder();
    chunks.forEach(all::append);
    return SseEvent.parse(all.toString());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
