/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.storage.jdbc.shared;

import java.time.Duration;
import page.bits.db.spi.BitsUri;

/// The deadline of a storage's calls: 5 s, or the URI's parameter `timeoutMillis`.
public final class CallDeadlines {
  private static final String NAME = "timeoutMillis";
  private static final Duration USUAL = Duration.ofSeconds(5);
  private static final int MILLIS_MIN = 100;
  private static final int MILLIS_MAX = 600_000;

  private CallDeadlines() {}

  public static Duration of(BitsUri uri) {
    return uri.parameter(NAME).map(CallDeadlines::parse).orElse(USUAL);
  }

  private static Duration parse(String text) {
    if (!text.matches("[0-9]{1,6}")
        || Integer.parseInt(text) < MILLIS_MIN
        || Integer.parseInt(text) > MILLIS_MAX) {
      throw JdbcErrors.invalidParameter(NAME, MILLIS_MIN + " to " + MILLIS_MAX);
    }
    return Duration.ofMillis(Integer.parseInt(text));
  }
}
