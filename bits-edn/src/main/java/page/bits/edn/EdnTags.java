/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns the values of the tags that have a Java type into it; any other tag is a [Tagged].
final class EdnTags {
  static final Symbol INST = Symbol.of(null, "inst");
  static final Symbol UUID_TAG = Symbol.of(null, "uuid");
  static final Symbol URI_TAG = Symbol.of(null, "uri");

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private EdnTags() {}

  /// Whether the tag is read as a Java type; no [Tagged] with it can be printed.
  static boolean isBuiltIn(Symbol tag) {
    return tag.equals(INST) || tag.equals(UUID_TAG) || tag.equals(URI_TAG);
  }

  /// The value of a tagged element that begins at `at`.
  static Object read(Symbol tag, @Nullable Object value, EdnPosition at) {
    if (tag.equals(INST)) {
      return EdnInstants.read(text(EdnError.BAD_INST, value, at), at);
    }
    if (tag.equals(UUID_TAG)) {
      return uuid(text(EdnError.BAD_UUID, value, at), at);
    }
    if (tag.equals(URI_TAG)) {
      return uri(text(EdnError.BAD_URI, value, at), at);
    }
    return new Tagged(tag, value);
  }

  private static String text(EdnError code, @Nullable Object value, EdnPosition at) {
    if (value instanceof String text) {
      return text;
    }
    String found = value == null ? "nil" : value.getClass().getSimpleName();
    throw EdnErrors.badToken(code, at, found, "a string");
  }

  private static UUID uuid(String text, EdnPosition at) {
    // UUID.fromString takes shorter groups too.
    if (!UUID_TEXT.matcher(text).matches()) {
      throw EdnErrors.badToken(
          EdnError.BAD_UUID, at, text, "32 hexadecimal digits in groups of 8-4-4-4-12");
    }
    return UUID.fromString(text);
  }

  private static URI uri(String text, EdnPosition at) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw EdnErrors.badToken(EdnError.BAD_URI, at, text, "a URI of RFC 2396");
    }
  }
}
