/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;

/// The keywords that texts with a colon mean. Thread-safe.
///
/// Callers write the same few names in every transaction, so the latest are kept, each in the one
/// place that its hash gives it. Threads may overwrite each other's: whatever is read is whole, and
/// right for its text.
final class KeywordTexts {
  private static final int SIZE = 1 << 10;
  private static final int KEPT_LENGTH_MAX = 100;

  private record Known(String text, Keyword keyword) {}

  private static final @Nullable Known[] KNOWN = new Known[SIZE];

  private KeywordTexts() {}

  static Keyword keyword(String text) {
    if (text.length() > KEPT_LENGTH_MAX) {
      return Keyword.of(text);
    }
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 16)) & (SIZE - 1);
    Known known = KNOWN[place];
    if (known == null || !known.text().equals(text)) {
      known = new Known(text, Keyword.of(text));
      KNOWN[place] = known;
    }
    return known.keyword();
  }
}
