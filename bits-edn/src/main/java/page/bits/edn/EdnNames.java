/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import org.jspecify.annotations.Nullable;

/// The grammar of symbols and keywords, for the reader and, so that both agree, the printer.
///
/// Beyond the letters of the format's text: letters of all scripts, and `'` after the first char,
/// as in `?e'`. A name neither ends with a colon (`{name: 1}` is a mistake) nor holds two in a row.
final class EdnNames {
  private static final String SPECIAL = ".*+!-_?$%&=<>|";

  private EdnNames() {}

  /// The keyword of `text`, which begins with a colon; null when it is none.
  static @Nullable Keyword keyword(String text) {
    int slash = text.indexOf('/');
    Keyword keyword =
        slash < 0
            ? Keyword.of(null, text.substring(1))
            : Keyword.of(text.substring(1, slash), text.substring(slash + 1));
    return isKeyword(keyword) ? keyword : null;
  }

  /// The symbol of `text`; null when it is none.
  static @Nullable Symbol symbol(String text) {
    int slash = text.indexOf('/');
    Symbol symbol =
        slash < 0 || text.length() == 1
            ? Symbol.of(null, text)
            : Symbol.of(text.substring(0, slash), text.substring(slash + 1));
    return isSymbol(symbol) ? symbol : null;
  }

  static boolean isKeyword(Keyword keyword) {
    // The first part may begin with a digit, as Clojure reads it.
    return keyword.namespace().isPresent()
        ? isPart(keyword.namespace().get(), true) && isPart(keyword.name(), false)
        : isPart(keyword.name(), true);
  }

  /// Whether the symbol reads back as itself; `nil`, `true` and `false` do not.
  static boolean isSymbol(Symbol symbol) {
    if (symbol.namespace().isPresent()) {
      // clojure.core// names the function of division.
      return isPart(symbol.namespace().get(), false)
          && (symbol.name().equals("/") || isPart(symbol.name(), false));
    }
    return switch (symbol.name()) {
      case "nil", "true", "false" -> false;
      case "/" -> true;
      default -> isPart(symbol.name(), false);
    };
  }

  /// Whether the symbol can be a tag: it begins with a letter.
  static boolean isTag(Symbol tag) {
    return isSymbol(tag) && Character.isLetter(tag.toString().codePointAt(0));
  }

  /// Whether `text` can stand alone, before or after the slash.
  static boolean isPart(String text, boolean digitFirst) {
    if (text.isEmpty() || !startsWell(text, digitFirst) || text.endsWith(":")) {
      return false;
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!isConstituent(c) || (c == ':' && text.startsWith("::", i))) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  private static boolean startsWell(String text, boolean digitFirst) {
    char first = text.charAt(0);
    if (first == ':' || first == '#' || first == '\'') {
      return false;
    }
    if (digitFirst) {
      return true;
    }
    boolean sign = first == '-' || first == '+' || first == '.';
    return !isDigit(sign && text.length() > 1 ? text.charAt(1) : first);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isConstituent(int c) {
    if (c < 128) {
      return Character.isLetterOrDigit(c)
          || SPECIAL.indexOf(c) >= 0
          || c == ':'
          || c == '#'
          || c == '\'';
    }
    return isVisible(c);
  }

  /// Whether the code point can stand as itself in printed text outside a string.
  static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
