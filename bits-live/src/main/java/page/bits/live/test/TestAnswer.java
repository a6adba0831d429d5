/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import page.bits.live.http.LiveResponse;

/// What a request was answered with. Immutable; the body of a stream is empty.
public record TestAnswer(int status, java.util.List<LiveResponse.Header> headers, String body) {
  static TestAnswer of(LiveResponse response) {
    String body =
        switch (response) {
          case LiveResponse.Whole whole -> new String(whole.body().array(), StandardCharsets.UTF_8);
          case LiveResponse.Stream _ -> "";
        };
    return new TestAnswer(response.status(), response.headers(), body);
  }

  /// The first header of that name.
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(LiveResponse.Header::value)
        .findFirst();
  }

  /// The code of the error, such as `:bits.error/cross-site`; empty when there is none.
  public String error() {
    return header("Bits-Error").orElse("");
  }

  /// Where it sends the browser; empty when it does not.
  public Optional<String> location() {
    return header("Location").or(() -> header("HX-Redirect"));
  }
}
