/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request. Header names are lower case; `path` is still percent-encoded; `query` has no question
/// mark and may be empty. The body is whole. `peer` is the address that the connection comes from,
/// `isTls` whether it is encrypted.
public record LiveRequest(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    String body,
    String peer,
    boolean isTls) {
  /// The greatest body, in bytes.
  public static final int BODY_BYTES_MAX = 1 << 20;

  private static final int FIELDS_MAX = 200;

  public LiveRequest {
    headers = Map.copyOf(headers);
  }

  /// The first value of a header.
  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /// Whether it may change nothing.
  public boolean isSafe() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /// Whether the browser used TLS: here, or at a proxy that says so. Who claims that without a
  /// proxy only gets cookies that are sent back over TLS.
  public boolean isSecure() {
    return isTls || header("x-forwarded-proto").map("https"::equalsIgnoreCase).orElse(false);
  }

  /// Where it came from: the peer, or what a proxy nearby says last in `X-Forwarded-For`.
  public String remoteAddress() {
    List<String> forwarded = headers.getOrDefault("x-forwarded-for", List.of());
    if (forwarded.isEmpty() || !isNearby(peer)) {
      return peer;
    }
    String all = forwarded.getLast();
    return all.substring(all.lastIndexOf(',') + 1).strip();
  }

  /// Whether an address (never a name) is this machine's or a private network's.
  private static boolean isNearby(String address) {
    try {
      InetAddress known = InetAddress.ofLiteral(address);
      return known.isLoopbackAddress() || known.isSiteLocalAddress();
    } catch (IllegalArgumentException _) { // not an address: a socket of another kind
      return false;
    }
  }

  /// The value of a cookie.
  public Optional<String> cookie(String name) {
    for (String header : headers.getOrDefault("cookie", List.of())) {
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          return Optional.of(pair.substring(equals + 1).strip());
        }
      }
    }
    return Optional.empty();
  }

  /// The parameters of the query; of a repeated one the first.
  public Map<String, String> queryFields() {
    return fields(query);
  }

  /// The fields of a form sent as `application/x-www-form-urlencoded`.
  public Map<String, String> formFields() {
    return fields(body);
  }

  private static Map<String, String> fields(String text) {
    var fields = new LinkedHashMap<String, String>();
    if (text.isEmpty()) {
      return fields;
    }
    for (String pair : text.split("&", FIELDS_MAX + 1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      fields.putIfAbsent(decode(name), decode(value));
    }
    if (fields.size() > FIELDS_MAX) {
      throw page.bits.live.LiveErrors.tooLarge("fields", FIELDS_MAX);
    }
    return fields;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) { // a broken percent escape
      throw page.bits.live.LiveErrors.invalidInput("percent escape");
    }
  }
}
