/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every cell of the matrix of method, `Sec-Fetch-Site`, `Origin` and cookie.
final class CrossSiteTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // method, Sec-Fetch-Site, Origin, Cookie, allowed
        "GET,    cross-site,  http://evil.example, a=b, true",
        "HEAD,   cross-site,  http://evil.example, a=b, true",
        "POST,   same-origin, -,                   a=b, true",
        "POST,   same-origin, http://bits.example:8080, a=b, true",
        "POST,   same-origin, http://evil.example, a=b, true",
        "POST,   none,        -,                   a=b, true",
        "POST,   none,        -,                   -,   true",
        "POST,   same-site,   http://bits.example:8080, a=b, false",
        "POST,   same-site,   -,                   -,   false",
        "POST,   cross-site,  http://bits.example:8080, a=b, false",
        "POST,   cross-site,  -,                   -,   false",
        "POST,   cross-site,  http://evil.example, -,   false",
        "POST,   '',          -,                   -,   false",
        "POST,   Same-Origin, -,                   -,   false",
        "POST,   -,           http://bits.example:8080, a=b, true",
        "POST,   -,           http://BITS.example:8080, a=b, true",
        "POST,   -,           http://bits.example:8080, -,   true",
        "POST,   -,           http://bits.example, a=b, false",
        "POST,   -,           http://bits.example:9090, a=b, false",
        "POST,   -,           http://evil.example, a=b, false",
        "POST,   -,           http://evil.example, -,   false",
        "POST,   -,           http://bits.example:8080.evil.example, a=b, false",
        "POST,   -,           null,                a=b, false",
        "POST,   -,           null,                -,   false",
        "POST,   -,           '',                  -,   false",
        "POST,   -,           -,                   a=b, false",
        "POST,   -,           -,                   -,   true",
        "DELETE, cross-site,  -,                   -,   false",
        "PUT,    -,           -,                   a=b, false",
        "QUERY,  cross-site,  -,                   -,   false",
      })
  void allows_cell_isAsTheRuleSays(
      String method,
      @Nullable String site,
      @Nullable String origin,
      @Nullable String cookie,
      boolean allowed) {
    var headers = new HashMap<String, List<String>>();
    headers.put("host", List.of("bits.example:8080"));
    if (site != null) {
      headers.put("sec-fetch-site", List.of(site));
    }
    if (origin != null) {
      headers.put("origin", List.of(origin));
    }
    if (cookie != null) {
      headers.put("cookie", List.of(cookie));
    }

    assertThat(CrossSite.allows(new LiveRequest(method, "/", "", headers, "", "127.0.0.1", false)))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "https://bits.example, bits.example, true",
    "https://bits.example, bits.example:443, true",
    "http://bits.example, bits.example:443, false",
    "http://[::1]:8080, [::1]:8080, true",
    "http://user@bits.example, bits.example, true",
    "bits.example, bits.example, false",
  })
  void isSameHost_originAndHost_comparesHostAndPort(String origin, String host, boolean same) {
    assertThat(CrossSite.isSameHost(origin, host)).isEqualTo(same);
  }
}
