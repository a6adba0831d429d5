/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import page.bits.live.Fragment;

/// The ids of elements and viewers, derived again: the same on every node and in every build.
final class Ids {
  private Ids() {}

  static String of(Fragment<?> fragment, Object params) {
    String name = fragment.name();
    String hash = sha256(name + '\n' + params).substring(0, 12);
    return name.startsWith("/") ? "b-page-" + hash : "b-" + name + "-" + hash;
  }

  static String sha256(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
