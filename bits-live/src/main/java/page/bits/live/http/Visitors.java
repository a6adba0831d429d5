/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import page.bits.live.Viewer;

/// The visitor's cookie: 256 random bits, of which a site only ever sees the SHA-256.
final class Visitors {
  private static final String PLAIN = "bits-visitor";

  /// Under TLS: a cookie of this name can be set neither by a neighbour domain nor without TLS.
  private static final String SECURE = "__Host-bits-visitor";

  private static final int TOKEN_BYTES = 32;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private Visitors() {}

  /// A viewer that no request has brought yet, and the header that makes the browser bring it.
  record Fresh(Viewer viewer, String setCookie) {}

  /// Who sent the request; [Viewer#NOBODY] without a valid cookie.
  static Viewer of(LiveRequest request) {
    Optional<String> token = request.cookie(request.isSecure() ? SECURE : PLAIN);
    return token
        .filter(text -> TOKEN.matcher(text).matches())
        .map(Visitors::viewer)
        .orElse(Viewer.NOBODY);
  }

  /// A fresh viewer whose cookie lasts until the browser ends.
  static Fresh fresh(boolean isSecure) {
    return fresh(isSecure, "");
  }

  static Fresh fresh(boolean isSecure, Duration maxAge) {
    return fresh(isSecure, "; Max-Age=" + maxAge.toSeconds());
  }

  private static Fresh fresh(boolean isSecure, String lifetime) {
    byte[] bytes = new byte[TOKEN_BYTES];
    RANDOM.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String cookie =
        (isSecure ? SECURE : PLAIN)
            + "="
            + token
            + "; Path=/; HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
            + lifetime;
    return new Fresh(viewer(token), cookie);
  }

  private static Viewer viewer(String token) {
    return new Viewer(HexFormat.of().formatHex(sha256(token)));
  }

  /// Tells the viewers of pages apart, and nothing about them: what a page is marked with.
  static String tag(Viewer viewer) {
    return viewer.isNobody()
        ? "nobody"
        : HexFormat.of().formatHex(sha256("tag " + viewer.id()), 0, 8);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) { // every JDK has it
      throw new AssertionError(impossible);
    }
  }
}
