/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.HexFormat;
import java.util.Optional;

/// A point in the history of one database: a t, and the first eight bytes of the log's chain digest
/// there.
///
/// Immutable. Printed as `T-HHHHHHHHHHHHHHHH` (decimal t, sixteen hex digits). Two histories that
/// differ anywhere up to t differ in the digest, so a restored or forked log is noticed and never
/// silently continued.
public record Cursor(long t, long digest) {
  /// Reads the printed form; empty when it is not one.
  public static Optional<Cursor> parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 1 || dash > 19 || text.length() != dash + 17) {
      return Optional.empty();
    }
    try {
      long digest = HexFormat.fromHexDigitsToLong(text, dash + 1, text.length());
      long t = Long.parseLong(text.substring(0, dash));
      return t < 0 || !text.equals(new Cursor(t, digest).toString())
          ? Optional.empty()
          : Optional.of(new Cursor(t, digest));
    } catch (NumberFormatException _) { // not digits: not a cursor
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return t + "-" + HexFormat.of().toHexDigits(digest);
  }
}
