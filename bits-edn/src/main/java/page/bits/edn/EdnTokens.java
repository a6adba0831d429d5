/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import org.jspecify.annotations.Nullable;

/// Reads what has no parts: strings, characters, names, numbers and `##` values. Confined to one
/// thread.
final class EdnTokens {
  private final EdnInput in;
  private final EdnLimits limits;

  EdnTokens(EdnInput in, EdnLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  static boolean isBlank(int c) {
    return c == ',' || Character.isWhitespace(c);
  }

  private static boolean ends(int c) {
    return switch (c) {
      case EdnInput.END, '(', ')', '[', ']', '{', '}', '"', ';', '\\', '^', '@', '`', '~' -> true;
      default -> isBlank(c);
    };
  }

  /// The chars up to a blank, a delimiter or the end; may be empty.
  String text(EdnPosition start) {
    var text = new StringBuilder();
    collect(text, start);
    return text.toString();
  }

  private void collect(StringBuilder text, EdnPosition start) {
    while (!ends(in.peek())) {
      append(text, (char) in.next(), start);
    }
  }

  private void append(StringBuilder text, char c, EdnPosition start) {
    if (text.length() >= limits.tokenChars()) {
      throw EdnErrors.tokenTooLong(start, limits.tokenChars());
    }
    text.append(c);
  }

  /// A number, a symbol, or what is written like one: `nil`, `true`, `false`.
  @Nullable Object numberOrSymbol() {
    EdnPosition start = in.position();
    String text = text(start);
    if (isNumber(text)) {
      return EdnNumbers.read(text, start, limits);
    }
    return switch (text) {
      case "nil" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> symbol(text, start);
    };
  }

  private static boolean isNumber(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char first = text.charAt(0);
    return EdnNames.isDigit(first)
        || ((first == '-' || first == '+')
            && text.length() > 1
            && EdnNames.isDigit(text.charAt(1)));
  }

  private Symbol symbol(String text, EdnPosition start) {
    Symbol symbol = EdnNames.symbol(text);
    if (symbol == null) {
      String found = text.isEmpty() ? Character.toString(in.next()) : text;
      throw EdnErrors.badToken(EdnError.BAD_SYMBOL, start, found, "a symbol");
    }
    return symbol;
  }

  Keyword keyword() {
    EdnPosition start = in.position();
    String text = text(start);
    Keyword keyword = EdnNames.keyword(text);
    if (keyword == null) {
      String expected = text.startsWith("::") ? "one colon" : "a name after the colon";
      throw EdnErrors.badToken(EdnError.BAD_KEYWORD, start, text, expected);
    }
    return keyword;
  }

  /// The tag after a number sign that stood at `start`.
  Symbol tag(EdnPosition start) {
    String text = text(start);
    Symbol tag = EdnNames.symbol(text);
    if (tag == null || !EdnNames.isTag(tag)) {
      throw EdnErrors.badToken(
          EdnError.BAD_TAG, start, "#" + text, "a symbol that begins with a letter");
    }
    return tag;
  }

  /// What follows `##`, which stood at `start`.
  Double symbolic(EdnPosition start) {
    String text = text(start);
    return switch (text) {
      case "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case "NaN" -> Double.NaN;
      default ->
          throw EdnErrors.badToken(
              EdnError.BAD_NUMBER, start, "##" + text, "##Inf, ##-Inf or ##NaN");
    };
  }

  /// A character; the backslash is next.
  Character character() {
    EdnPosition start = in.position();
    in.next();
    int first = in.peek();
    if (first == EdnInput.END || Character.isWhitespace(first)) {
      throw EdnErrors.badToken(EdnError.BAD_CHARACTER, start, "\\", "a character");
    }
    var text = new StringBuilder().append((char) in.next());
    collect(text, start);
    Character named = EdnCharacters.read(text.toString());
    if (named == null) {
      throw EdnErrors.badToken(
          EdnError.BAD_CHARACTER,
          start,
          "\\" + text,
          "one char, newline, return, space, tab, formfeed, backspace, uXXXX or oNNN");
    }
    return named;
  }

  /// A string; the quotation mark is next.
  String string() {
    EdnPosition start = in.position();
    in.next();
    var text = new StringBuilder();
    while (true) {
      EdnPosition at = in.peek() == '\\' ? in.position() : start;
      int c = in.next();
      switch (c) {
        case EdnInput.END -> throw EdnErrors.endInside(in.position(), start, "\"");
        case '"' -> {
          return text.toString();
        }
        case '\\' -> append(text, escape(at, start), start);
        default -> append(text, (char) c, start);
      }
    }
  }

  private char escape(EdnPosition at, EdnPosition start) {
    int c = in.next();
    return switch (c) {
      case EdnInput.END -> throw EdnErrors.endInside(in.position(), start, "\"");
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '\\', '"' -> (char) c;
      case 'u' -> unicode(at);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c, at);
      default ->
          throw EdnErrors.badToken(
              EdnError.BAD_ESCAPE,
              at,
              "\\" + (char) c,
              "one of \\t \\r \\n \\b \\f \\\\ \\\" \\uXXXX or up to three octal digits");
    };
  }

  private char unicode(EdnPosition at) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = EdnCharacters.digit(in.peek(), 16);
      if (digit < 0) {
        throw EdnErrors.badToken(EdnError.BAD_ESCAPE, at, "\\u", "four hexadecimal digits");
      }
      in.next();
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private char octal(int first, EdnPosition at) {
    int value = first - '0';
    for (int i = 0; i < 2 && EdnCharacters.digit(in.peek(), 8) >= 0; i++) {
      value = value * 8 + (in.next() - '0');
    }
    if (value > 0377) {
      throw EdnErrors.badToken(EdnError.BAD_ESCAPE, at, "\\", "at most \\377");
    }
    return (char) value;
  }
}
