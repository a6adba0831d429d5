/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import page.bits.edn.EdnList;

/// A form as text for errors: like EDN, and never failing on what is not EDN.
public final class Shown {
  private static final int BRIEF_MAX = 200;

  private Shown() {}

  /// The form as text, cut to what a message can bear.
  public static String brief(@Nullable Object form) {
    String text = form(form);
    return text.length() <= BRIEF_MAX ? text : text.substring(0, BRIEF_MAX - 1) + "…";
  }

  /// The simple name of the value's class, or `nil`.
  public static String typeOf(@Nullable Object value) {
    return value == null ? "nil" : value.getClass().getSimpleName();
  }

  public static String form(@Nullable Object form) {
    return switch (form) {
      case null -> "nil";
      case String text -> "\"" + text + "\"";
      case EdnList list -> joined(list, "(", ")");
      case List<?> list -> joined(list, "[", "]");
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> form(entry.getKey()) + " " + form(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> form.toString();
    };
  }

  private static String joined(List<?> list, String open, String close) {
    return list.stream().map(Shown::form).collect(Collectors.joining(" ", open, close));
  }
}
