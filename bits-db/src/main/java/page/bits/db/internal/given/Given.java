/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;

/// What callers give in more than one way, as the one that the database holds.
public final class Given {
  private Given() {}

  /// The keyword itself, or the one that a string with a colon means; null for anything else.
  public static @Nullable Keyword keyword(@Nullable Object form) {
    return switch (form) {
      case Keyword keyword -> keyword;
      case String text when text.length() > 1 && text.charAt(0) == ':' ->
          KeywordTexts.keyword(text);
      case null, default -> null;
    };
  }

  /// The integer as a `Long`; null for anything else.
  public static @Nullable Long integer(@Nullable Object form) {
    return switch (form) {
      case Long n -> n;
      case Integer n -> n.longValue();
      case Short n -> n.longValue();
      case Byte n -> n.longValue();
      case null, default -> null;
    };
  }

  /// [#normal(Object)] of what is not null.
  public static Object normalOf(Object value) {
    return java.util.Objects.requireNonNull(normal(value));
  }

  /// The value as the database holds it: small integers as `Long`, `Date` as `Instant`, `byte[]` as
  /// [Bytes]; inside lists too.
  public static @Nullable Object normal(@Nullable Object value) {
    return switch (value) {
      case Integer _, Short _, Byte _ -> integer(value);
      case Date date -> Instant.ofEpochMilli(date.getTime());
      case byte[] bytes -> Bytes.copyOf(bytes);
      case List<?> list -> {
        var values = new ArrayList<@Nullable Object>(list.size());
        list.forEach(element -> values.add(normal(element)));
        yield Collections.unmodifiableList(values);
      }
      case null, default -> value;
    };
  }
}
