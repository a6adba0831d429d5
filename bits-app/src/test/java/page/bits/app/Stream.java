/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import page.bits.live.http.LiveResponse;

/// An open stream of a page, with all that came on it. Reading waits for what is expected.
final class Stream implements AutoCloseable {
  private static final Pattern CURSOR =
      Pattern.compile("<meta name=\"bits-cursor\" content=\"([^\"]+)\">");

  private final StringBuilder text = new StringBuilder();
  private final Thread thread;
  private boolean isOver;

  private Stream(LiveResponse.Stream response) {
    thread = Thread.ofVirtual().start(() -> read(response));
  }

  /// Loads the page and opens its stream, as the script does.
  static Stream of(Person person, String page) {
    Matcher cursor = CURSOR.matcher(person.get(page).html());
    assertThat(cursor.find()).isTrue();
    LiveResponse response = person.stream(page, cursor.group(1));
    assertThat(response.status()).isEqualTo(200);
    return new Stream((LiveResponse.Stream) response);
  }

  private void read(LiveResponse.Stream response) {
    try {
      response.writer().write(this::take);
    } catch (IOException | InterruptedException _) { // closed
    } finally {
      synchronized (text) {
        isOver = true;
        text.notifyAll();
      }
    }
  }

  private void take(byte[] bytes) {
    synchronized (text) {
      text.append(new String(bytes, StandardCharsets.UTF_8));
      text.notifyAll();
    }
  }

  /// Waits until this text has come, and returns all that came so far.
  String await(String expected) throws InterruptedException {
    synchronized (text) {
      while (text.indexOf(expected) < 0) {
        if (isOver) {
          throw new AssertionError("the stream ended without " + expected + ": " + text);
        }
        text.wait();
      }
      return text.toString();
    }
  }

  /// Waits until the stream has ended, and returns all that came.
  String awaitEnd() throws InterruptedException {
    synchronized (text) {
      while (!isOver) {
        text.wait();
      }
      return text.toString();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
