/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A path with variables, such as `/c/{handle}`. Immutable.
public final class PathPattern {
  private static final Pattern FIXED = Pattern.compile("[A-Za-z0-9._~-]+");
  private static final Pattern VARIABLE = Pattern.compile("\\{[a-z][A-Za-z0-9]*}");

  private final String text;
  private final List<String> segments;

  private PathPattern(String text, List<String> segments) {
    this.text = text;
    this.segments = segments;
  }

  static PathPattern of(String text) {
    List<String> segments = segments(text);
    if (!text.startsWith("/")
        || text.startsWith("/-/")
        || !segments.stream().allMatch(PathPattern::isSegment)) {
      throw LiveErrors.invalidPattern(text);
    }
    return new PathPattern(text, segments);
  }

  private static boolean isSegment(String segment) {
    return FIXED.matcher(segment).matches() || VARIABLE.matcher(segment).matches();
  }

  private static List<String> segments(String path) {
    return path.equals("/") ? List.of() : Arrays.asList(path.substring(1).split("/", -1));
  }

  /// The variables of a path (still percent-encoded) of this form; empty when it has another one.
  public Optional<Map<String, String>> match(String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    List<String> given = segments(path);
    if (given.size() != segments.size()) {
      return Optional.empty();
    }
    var variables = new LinkedHashMap<String, String>();
    for (int i = 0; i < given.size(); i++) {
      String expected = segments.get(i);
      if (expected.startsWith("{")) {
        Optional<String> value = decode(given.get(i));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        variables.put(expected.substring(1, expected.length() - 1), value.get());
      } else if (!expected.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  private static Optional<String> decode(String segment) {
    try {
      String value = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
      return value.isEmpty() ? Optional.empty() : Optional.of(value);
    } catch (IllegalArgumentException _) { // a broken percent escape names nothing
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
