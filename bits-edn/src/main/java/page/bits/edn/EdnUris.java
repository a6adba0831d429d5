/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One text for all URIs that [URI#equals(Object)] holds for equal, which is what URIs are ordered
/// by: [URI#compareTo(URI)] is not transitive where one has a host and another a free authority.
final class EdnUris {
  private static final Pattern ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");

  private EdnUris() {}

  /// Scheme and host in lower case, escaped octets in upper case.
  static String normal(URI uri) {
    var text = new StringBuilder();
    part(text, "", lower(uri.getScheme()), ":");
    if (uri.isOpaque()) {
      part(text, "", escapes(uri.getRawSchemeSpecificPart()), "");
    } else {
      authority(text, uri);
      part(text, "", escapes(uri.getRawPath()), "");
      part(text, "?", escapes(uri.getRawQuery()), "");
    }
    part(text, "#", escapes(uri.getRawFragment()), "");
    return text.toString();
  }

  private static void authority(StringBuilder text, URI uri) {
    if (uri.getHost() == null) {
      part(text, "//", escapes(uri.getRawAuthority()), "");
      return;
    }
    text.append("//");
    part(text, "", escapes(uri.getRawUserInfo()), "@");
    part(text, "", lower(uri.getHost()), "");
    if (uri.getPort() >= 0) {
      text.append(':').append(uri.getPort());
    }
  }

  private static void part(StringBuilder text, String before, @Nullable String part, String after) {
    if (part != null) {
      text.append(before).append(part).append(after);
    }
  }

  private static @Nullable String lower(@Nullable String part) {
    return part == null ? null : part.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String escapes(@Nullable String part) {
    return part == null || part.indexOf('%') < 0
        ? part
        : ESCAPE.matcher(part).replaceAll(escape -> escape.group().toUpperCase(Locale.ROOT));
  }
}
