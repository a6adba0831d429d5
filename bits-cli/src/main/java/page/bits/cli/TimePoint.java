/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import page.bits.db.Db;

/// Which value of the database a query asks: the newest, or an earlier one.
sealed interface TimePoint {
  record Newest() implements TimePoint {}

  record AtT(long t) implements TimePoint {}

  record AtInstant(Instant instant) implements TimePoint {}

  /// Reads `--as-of`; null is the newest.
  static TimePoint parse(@Nullable String text) {
    if (text == null) {
      return new Newest();
    }
    try {
      return text.matches("\\d{1,18}")
          ? new AtT(Long.parseLong(text))
          : new AtInstant(Instant.parse(text));
    } catch (DateTimeParseException _) { // neither of the two shapes
      throw new UsageException(
          "Neither a t nor an instant: --as-of '"
              + text
              + "'; expected a number, or an instant such as 2026-01-31T12:00:00Z");
    }
  }

  default Db of(Db newest) {
    return switch (this) {
      case Newest _ -> newest;
      case AtT at -> newest.asOf(at.t());
      case AtInstant at -> newest.asOf(at.instant());
    };
  }
}
