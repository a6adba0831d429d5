/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import page.bits.edn.Keyword;

/// An attribute as it is written, from either end: `:ns/_name` is `:ns/name` in reverse.
public record AttributeName(Keyword attribute, boolean isReverse) {
  public static AttributeName of(Keyword written) {
    String name = written.name();
    boolean isReverse = name.length() > 1 && name.charAt(0) == '_';
    return isReverse
        ? new AttributeName(Keyword.of(written.namespace().orElse(null), name.substring(1)), true)
        : new AttributeName(written, false);
  }
}
