/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.e2e.browser;

import java.nio.charset.StandardCharsets;

/// What a [ScriptedServer] does with one request.
sealed interface Scripted {
  /// Hands it to the site, and the answer back.
  record Pass() implements Scripted {}

  /// Hands it to the site, and cuts the line before the answer.
  record Lost() implements Scripted {}

  /// Answers these bytes, and then cuts the line or stays silent.
  record Raw(String text, boolean thenSilent) implements Scripted {}

  /// Cuts the line without a byte.
  static Scripted cut() {
    return new Raw("", /* thenSilent= */ false);
  }

  /// Takes the request and never says a word.
  static Scripted silence() {
    return new Raw("", /* thenSilent= */ true);
  }

  /// An answer with a body of this type.
  static Scripted answer(int status, String type, String body) {
    String head =
        "HTTP/1.1 %d Scripted\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n";
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return new Raw(head.formatted(status, type, length) + body, /* thenSilent= */ false);
  }

  /// A stream that begins with these events and then stays open.
  static Scripted stream(String events) {
    return new Raw(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + events,
        /* thenSilent= */ true);
  }
}
