/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.site;

import java.util.OptionalLong;
import page.bits.app.feed.PostRef;

/// Numbers of posts in paths.
final class Numbers {
  private static final int DIGITS_MAX = 12;

  private Numbers() {}

  /// The number that a text is, from 1, written as numbers are; empty for any other text.
  static OptionalLong of(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= DIGITS_MAX
            && text.charAt(0) != '0'
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber && Long.parseLong(text) <= PostRef.NUMBER_MAX
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
