/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import org.jspecify.annotations.Nullable;

/// The names and escapes of characters, both ways, and the escapes of printed strings.
final class EdnCharacters {
  private EdnCharacters() {}

  /// The character that is written as `text` after its backslash; null when it is none.
  static @Nullable Character read(String text) {
    if (text.length() == 1) {
      return text.charAt(0);
    }
    return switch (text) {
      case "newline" -> '\n';
      case "return" -> '\r';
      case "space" -> ' ';
      case "tab" -> '\t';
      case "formfeed" -> '\f';
      case "backspace" -> '\b';
      default -> coded(text);
    };
  }

  private static @Nullable Character coded(String text) {
    boolean hex = text.charAt(0) == 'u' && text.length() == 5;
    boolean octal = text.charAt(0) == 'o' && text.length() <= 4;
    if (!hex && !octal) {
      return null;
    }
    int radix = hex ? 16 : 8;
    int value = 0;
    for (int i = 1; i < text.length(); i++) {
      int digit = digit(text.charAt(i), radix);
      if (digit < 0) {
        return null;
      }
      value = value * radix + digit;
    }
    return octal && value > 0377 ? null : (Character) (char) value;
  }

  /// The value of an ASCII digit, or -1; unlike [Character#digit(char, int)] no other digits.
  static int digit(int c, int radix) {
    return c < 128 ? Character.digit(c, radix) : -1;
  }

  static void print(char c, StringBuilder out) {
    out.append('\\');
    switch (c) {
      case '\n' -> out.append("newline");
      case '\r' -> out.append("return");
      case ' ' -> out.append("space");
      case '\t' -> out.append("tab");
      case '\f' -> out.append("formfeed");
      case '\b' -> out.append("backspace");
      default -> {
        if (EdnNames.isVisible(c)) {
          out.append(c);
        } else {
          unicode(c, out);
        }
      }
    }
  }

  /// The string with its quotation marks, on one line.
  static void print(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (isEscaped(text, i)) {
            unicode(c, out.append('\\'));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /// Control chars, other ends of lines, and halves of surrogate pairs, which UTF-8 would lose.
  private static boolean isEscaped(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }

  private static void unicode(char c, StringBuilder out) {
    out.append('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 0xf, 16));
    }
  }
}
