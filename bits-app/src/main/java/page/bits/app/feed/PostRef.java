/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.feed;

import java.util.List;

/// Which post: the handle of its creator and its number, from 1.
///
/// The key in the index holds the number counted down from the greatest, so that reading on from a
/// key leads to older posts, and the newest come first.
public record PostRef(String handle, long number) {
  /// The greatest number of a post.
  public static final long NUMBER_MAX = 999_999_999_999L;

  private static final int DIGITS = 12;

  public PostRef {
    requireNumber(number);
  }

  /// Refuses a number that no post can have.
  public static void requireNumber(long number) {
    if (number < 1 || number > NUMBER_MAX) {
      throw new IllegalArgumentException("number of a post, from 1 to " + NUMBER_MAX);
    }
  }

  /// The value of `:post/key`.
  public String key() {
    return from(handle, number);
  }

  /// The post as an entity; a transaction that names one that is gone is refused.
  public List<Object> entity() {
    return List.of(":post/key", key());
  }

  /// The address of its own page.
  public String path() {
    return "/c/" + handle + "/" + number;
  }

  /// The element of the post in a page.
  public String elementId() {
    return "post-" + handle + "-" + number;
  }

  /// The key at which posts with this number and older ones begin.
  static String from(String handle, long number) {
    String rest = Long.toString(NUMBER_MAX - number);
    return handle + "/" + "0".repeat(DIGITS - rest.length()) + rest;
  }

  /// The key before which all posts of a creator lie: the character after the slash.
  static String end(String handle) {
    return handle + "0";
  }

  static PostRef of(String key) {
    int slash = key.lastIndexOf('/');
    return new PostRef(
        key.substring(0, slash), NUMBER_MAX - Long.parseLong(key.substring(slash + 1)));
  }
}
