/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import page.bits.live.Fragment;

/// The id of a fragment's element: derived from name and parameters, the same on every node and for
/// every viewer.
final class DomId {
  private DomId() {}

  static String of(Key.Render key) {
    String name = key.fragment().name();
    if (key.params() instanceof Fragment.None) {
      return "b-" + name;
    }
    String prefix = name.startsWith("/") ? "b-page" : "b-" + name;
    return prefix + "-" + hash(name + '\n' + key.params());
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException impossible) { // every JDK has it
      throw new AssertionError(impossible);
    }
  }
}
