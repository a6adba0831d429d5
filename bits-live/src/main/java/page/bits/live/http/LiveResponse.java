/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a request is answered with: a whole body, or a stream that goes on.
public sealed interface LiveResponse {
  int status();

  List<Header> headers();

  record Header(String name, String value) {}

  /// An answer with its whole body.
  record Whole(int status, List<Header> headers, String type, Bytes body) implements LiveResponse {
    public Whole {
      headers = List.copyOf(headers);
    }

    /// This answer with one more header.
    public Whole with(String name, String value) {
      var more = new ArrayList<>(headers);
      more.add(new Header(name, value));
      return new Whole(status, more, type, body);
    }
  }

  /// An answer that is written until either side ends it. The writer runs on its own thread.
  record Stream(int status, List<Header> headers, String type, Writer writer)
      implements LiveResponse {
    public Stream {
      headers = List.copyOf(headers);
    }
  }

  /// The bytes of a body; nobody changes them.
  final class Bytes {
    private final byte[] bytes;

    public Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    /// The bytes, to be written and not changed.
    public byte[] array() {
      return bytes;
    }
  }

  /// Writes a stream; returns when it is over.
  @FunctionalInterface
  interface Writer {
    void write(Sink sink) throws IOException, InterruptedException;
  }

  /// The way to the reader of a stream.
  @FunctionalInterface
  interface Sink {
    /// Sends these bytes and waits until they are out; fails when that takes too long.
    void send(byte[] bytes) throws IOException, InterruptedException;

    /// Runs this, on some thread and without waiting, when the reader is seen to have gone while
    /// nothing is sent to it. A server that cannot see that leaves it, and a later `send` fails.
    default void onGone(Runnable gone) {}
  }

  static Whole of(int status, String type, byte[] body) {
    return new Whole(status, List.of(), type, new Bytes(body));
  }

  static Whole of(int status, String type, String body) {
    return of(status, type, body.getBytes(StandardCharsets.UTF_8));
  }
}
