/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.query.algebra.Function;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Functions of strings, keywords and symbols, named as in Clojure.
public final class TextFunctions {
  private TextFunctions() {}

  public static List<Function> all() {
    return List.of(
        Function.pure("str", 0, Function.ANY, TextFunctions::str),
        Function.pure("subs", 2, 3, TextFunctions::subs),
        Function.pure("name", 1, 1, x -> name(x[0])),
        Function.pure("namespace", 1, 1, x -> namespace(x[0])),
        Function.pure("clojure.string/lower-case", 1, 1, x -> lower(text(x[0]))),
        Function.pure("clojure.string/upper-case", 1, 1, x -> upper(text(x[0]))),
        Function.pure("clojure.string/trim", 1, 1, x -> text(x[0]).strip()),
        Function.pure("clojure.string/blank?", 1, 1, x -> text(x[0]).isBlank()),
        Function.pure("clojure.string/starts-with?", 2, 2, x -> text(x[0]).startsWith(text(x[1]))),
        Function.pure("clojure.string/ends-with?", 2, 2, x -> text(x[0]).endsWith(text(x[1]))),
        Function.pure("clojure.string/includes?", 2, 2, x -> text(x[0]).contains(text(x[1]))));
  }

  private static Object str(@Nullable Object[] values) {
    var text = new StringBuilder();
    for (Object value : values) {
      if (value != null) {
        text.append(value instanceof String plain ? plain : Shown.form(value));
      }
    }
    return text.toString();
  }

  private static Object subs(@Nullable Object[] x) {
    String text = text(x[0]);
    int from = position(x[1], text);
    int to = x.length == 3 ? position(x[2], text) : text.length();
    if (from > to) {
      throw new IllegalArgumentException("start after end");
    }
    return text.substring(from, to);
  }

  private static int position(@Nullable Object value, String text) {
    if (value instanceof Long n && n >= 0 && n <= text.length()) {
      return Math.toIntExact(n);
    }
    throw new IllegalArgumentException("not a position in the string");
  }

  private static String name(@Nullable Object value) {
    return switch (value) {
      case Keyword keyword -> keyword.name();
      case Symbol symbol -> symbol.name();
      case null, default -> text(value);
    };
  }

  private static @Nullable String namespace(@Nullable Object value) {
    return switch (value) {
      case Keyword keyword -> keyword.namespace().orElse(null);
      case Symbol symbol -> symbol.namespace().orElse(null);
      case null, default -> throw new IllegalArgumentException("not a keyword or symbol");
    };
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("not a string: " + Shown.typeOf(value));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
