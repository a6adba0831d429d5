/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Shown;
import page.bits.db.internal.query.algebra.Function;
import page.bits.edn.Edn;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Functions of strings, keywords and symbols, named as in Clojure.
final class TextFunctions {
  private static final String STRING = "clojure.string/";

  private TextFunctions() {}

  static List<Function> all() {
    var all = new ArrayList<Function>();
    all.addAll(names());
    all.addAll(strings());
    all.addAll(searches());
    return all;
  }

  private static List<Function> names() {
    return List.of(
        Function.pure("str", 0, Function.ANY, TextFunctions::str),
        Function.pure("subs", 2, 3, TextFunctions::part),
        Function.pure("name", 1, 1, x -> name(x[0])),
        Function.pure("namespace", 1, 1, x -> namespace(x[0])),
        Function.pure("keyword", 1, 2, TextFunctions::keyword),
        Function.pure("symbol", 1, 1, x -> symbol(x[0])),
        Function.pure(
            "clojure.edn/read-string", 1, 1, x -> x[0] == null ? null : Edn.read(text(x[0]))));
  }

  private static List<Function> strings() {
    return List.of(
        Function.pure(STRING + "lower-case", 1, 1, x -> lower(text(x[0]))),
        Function.pure(STRING + "upper-case", 1, 1, x -> upper(text(x[0]))),
        Function.pure(STRING + "capitalize", 1, 1, x -> capital(text(x[0]))),
        Function.pure(STRING + "trim", 1, 1, x -> text(x[0]).strip()),
        Function.pure(STRING + "triml", 1, 1, x -> text(x[0]).stripLeading()),
        Function.pure(STRING + "trimr", 1, 1, x -> text(x[0]).stripTrailing()),
        Function.pure(
            STRING + "reverse", 1, 1, x -> new StringBuilder(text(x[0])).reverse().toString()),
        Function.pure(STRING + "join", 1, 2, TextFunctions::join),
        Function.pure(STRING + "split", 2, 2, x -> Patterns.split(text(x[0]), x[1])),
        Function.pure(STRING + "replace", 3, 3, TextFunctions::replace));
  }

  private static List<Function> searches() {
    return List.of(
        Function.pure(STRING + "blank?", 1, 1, x -> x[0] == null || text(x[0]).isBlank()),
        Function.pure(STRING + "starts-with?", 2, 2, x -> text(x[0]).startsWith(text(x[1]))),
        Function.pure(STRING + "ends-with?", 2, 2, x -> text(x[0]).endsWith(text(x[1]))),
        Function.pure(STRING + "includes?", 2, 2, x -> text(x[0]).contains(text(x[1]))),
        Function.pure(STRING + "index-of", 2, 2, x -> position(text(x[0]).indexOf(text(x[1])))),
        Function.pure(
            STRING + "last-index-of", 2, 2, x -> position(text(x[0]).lastIndexOf(text(x[1])))),
        Function.pure("re-find", 2, 2, x -> Patterns.find(x[0], text(x[1]))),
        Function.pure("re-matches", 2, 2, x -> Patterns.matches(x[0], text(x[1]))),
        Function.pure("re-pattern", 1, 1, x -> Patterns.compiled(x[0])));
  }

  static Object str(@Nullable Object[] values) {
    var text = new StringBuilder();
    for (Object value : values) {
      if (value != null) {
        text.append(value instanceof String plain ? plain : Shown.form(value));
      }
    }
    return text.toString();
  }

  static String part(@Nullable Object[] x) {
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

  /// Null, so that the row is dropped, when there is none.
  private static @Nullable Long position(int found) {
    return found < 0 ? null : (Long) (long) found;
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

  private static @Nullable Object keyword(@Nullable Object[] x) {
    if (x.length == 2) {
      return Keyword.of(text(x[0]), text(x[1]));
    }
    return switch (x[0]) {
      case null -> null;
      case Keyword keyword -> keyword;
      case Symbol symbol -> Keyword.of(symbol.namespace().orElse(null), symbol.name());
      default -> Keyword.of(":" + text(x[0]));
    };
  }

  private static @Nullable Object symbol(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Symbol symbol -> symbol;
      case Keyword keyword -> Symbol.of(keyword.toString().substring(1));
      default -> Symbol.of(text(value));
    };
  }

  private static String join(@Nullable Object[] x) {
    if (!(x[x.length - 1] instanceof Collection<?> elements)) {
      throw new IllegalArgumentException("not a collection");
    }
    String between = x.length == 2 ? text(x[0]) : "";
    var text = new StringBuilder();
    for (Object element : elements) {
      text.append(text.isEmpty() ? "" : between).append(str(new Object[] {element}));
    }
    return text.toString();
  }

  private static String replace(@Nullable Object[] x) {
    return x[1] instanceof String plain
        ? text(x[0]).replace(plain, text(x[2]))
        : Patterns.replace(text(x[0]), x[1], text(x[2]));
  }

  static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("not a string: " + Shown.typeOf(value));
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : upper(text.substring(0, 1)) + lower(text.substring(1));
  }
}
