/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rule against requests that other sites make in a visitor's name; by headers alone.
///
/// A request for change passes if `Sec-Fetch-Site` is `same-origin` or `none`; without that header,
/// if the host of `Origin` is that of `Host`; with neither, only without cookies.
final class CrossSite {
  private CrossSite() {}

  static boolean allows(LiveRequest request) {
    if (request.isSafe()) {
      return true;
    }
    Optional<String> fetchSite = request.header("sec-fetch-site");
    if (fetchSite.isPresent()) {
      return fetchSite.get().equals("same-origin") || fetchSite.get().equals("none");
    }
    Optional<String> origin = request.header("origin");
    if (origin.isPresent()) {
      return isSameHost(origin.get(), request.header("host").orElse(""));
    }
    return request.header("cookie").isEmpty();
  }

  /// Whether an origin (or address) names this host and port.
  static boolean isSameHost(String origin, String host) {
    try {
      URI uri = URI.create(origin);
      String authority = authority(uri.getScheme(), uri.getHost(), uri.getPort());
      URI own = URI.create(uri.getScheme() + "://" + host);
      return authority != null
          && authority.equals(authority(own.getScheme(), own.getHost(), own.getPort()));
    } catch (IllegalArgumentException _) { // such as "null": no host at all
      return false;
    }
  }

  private static @Nullable String authority(
      @Nullable String scheme, @Nullable String host, int port) {
    if (scheme == null || host == null) {
      return null;
    }
    int effective = port >= 0 ? port : scheme.equals("https") ? 443 : 80;
    return host.toLowerCase(Locale.ROOT) + ':' + effective;
  }
}
