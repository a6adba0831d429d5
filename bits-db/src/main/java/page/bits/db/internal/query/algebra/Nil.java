/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import org.jspecify.annotations.Nullable;

/// The nil inside rows, which hold no null: what a nil in a destructured list becomes. It equals
/// itself, and no value of a database.
public enum Nil {
  NIL;

  /// The value as rows hold it.
  public static Object inRow(@Nullable Object value) {
    return value == null ? NIL : value;
  }

  /// The value as users and functions see it.
  public static @Nullable Object outside(@Nullable Object value) {
    return value == NIL ? null : value;
  }

  @Override
  public String toString() {
    return "nil";
  }
}
