/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import org.jspecify.annotations.Nullable;

/// A function of queries: pure, thread-safe.
public record Function(
    String name, int minArguments, int maxArguments, Sources sources, Body body) {
  /// As many arguments as one likes.
  public static final int ANY = Integer.MAX_VALUE;

  /// The name of the function that runs a query in a query.
  public static final String QUERY = "q";

  /// Where a function takes sources: nowhere, as the first argument only, or anywhere.
  public enum Sources {
    NONE,
    FIRST,
    ANY
  }

  /// Computes the result from the arguments; a source argument is a [DataSource].
  @FunctionalInterface
  public interface Body {
    @Nullable Object apply(@Nullable Object[] arguments);
  }

  public static Function pure(String name, int minArguments, int maxArguments, Body body) {
    return new Function(name, minArguments, maxArguments, Sources.NONE, body);
  }

  public boolean accepts(int count) {
    return count >= minArguments && count <= maxArguments;
  }

  /// Whether `%` can be an argument.
  public boolean takesRules() {
    return name.equals(QUERY);
  }

  /// Null and false say no, everything else yes.
  public static boolean isTruthy(@Nullable Object value) {
    return value != null && !Boolean.FALSE.equals(value);
  }
}
