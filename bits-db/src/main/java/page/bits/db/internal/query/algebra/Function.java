/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import org.jspecify.annotations.Nullable;

/// A built-in function of queries: pure, thread-safe.
///
/// `readsSource` says that the first argument is a source, which no other function takes.
public record Function(
    String name, int minArguments, int maxArguments, boolean readsSource, Body body) {
  /// As many arguments as one likes.
  public static final int ANY = Integer.MAX_VALUE;

  /// Computes the result from the arguments; a source argument is a [DataSource].
  @FunctionalInterface
  public interface Body {
    @Nullable Object apply(@Nullable Object[] arguments);
  }

  public static Function pure(String name, int minArguments, int maxArguments, Body body) {
    return new Function(name, minArguments, maxArguments, /* readsSource= */ false, body);
  }

  public boolean accepts(int count) {
    return count >= minArguments && count <= maxArguments;
  }

  /// Null and false say no, everything else yes.
  public static boolean isTruthy(@Nullable Object value) {
    return value != null && !Boolean.FALSE.equals(value);
  }
}
