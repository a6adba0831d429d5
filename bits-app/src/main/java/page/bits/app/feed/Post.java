/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;

/// A post of a creator, written at the instant of its transaction.
public record Post(long id, String text, Instant at) {
  static final Comparator<Post> NEWEST_FIRST =
      Comparator.comparing(Post::at).thenComparingLong(Post::id).reversed();

  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /// The instant for machines.
  public String datetime() {
    return at.toString();
  }

  /// The instant for people.
  public String shown() {
    return SHOWN.format(at);
  }
}
