/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Regular expressions: a `java.util.regex.Pattern`, or its text.
///
/// Some take for ever on some texts, so each look at a character is counted, and a search that
/// looks too often is an error.
final class Patterns {
  private static final int LOOKS_MAX = 10_000_000;

  private Patterns() {}

  static Pattern compiled(@Nullable Object given) {
    if (given instanceof Pattern pattern) {
      return pattern;
    }
    try {
      return Pattern.compile(TextFunctions.text(given));
    } catch (PatternSyntaxException problem) {
      throw new IllegalArgumentException("not a regular expression", problem);
    }
  }

  /// The first match, or null.
  static @Nullable Object find(@Nullable Object pattern, String text) {
    Matcher matcher = compiled(pattern).matcher(new Counted(text));
    return matcher.find() ? groups(matcher) : null;
  }

  /// The whole text as a match, or null.
  static @Nullable Object matches(@Nullable Object pattern, String text) {
    Matcher matcher = compiled(pattern).matcher(new Counted(text));
    return matcher.matches() ? groups(matcher) : null;
  }

  /// The text of the match; with groups a list of it and theirs.
  private static Object groups(Matcher matcher) {
    if (matcher.groupCount() == 0) {
      return matcher.group();
    }
    var groups = new ArrayList<@Nullable Object>();
    for (int i = 0; i <= matcher.groupCount(); i++) {
      groups.add(matcher.group(i));
    }
    return Collections.unmodifiableList(groups);
  }

  static List<String> split(String text, @Nullable Object pattern) {
    return Arrays.asList(compiled(pattern).split(new Counted(text)));
  }

  static String replace(String text, @Nullable Object pattern, String with) {
    return compiled(pattern).matcher(new Counted(text)).replaceAll(with);
  }

  /// A text that counts how often it is looked at.
  private static final class Counted implements CharSequence {
    private final String text;
    private int looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks > LOOKS_MAX) {
        throw new IllegalArgumentException("the regular expression takes too long");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
