/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An aggregate: makes one value of the values of a group. Pure, thread-safe.
public record Aggregate(String name, int minArguments, int maxArguments, Body body) {
  /// Computes the result from the arguments; in the place of the variable stand the group's
  /// [Values], of which there is at least one.
  @FunctionalInterface
  public interface Body {
    @Nullable Object apply(@Nullable Object[] arguments);
  }

  /// The values of a group.
  public record Values(List<@Nullable Object> values) {}

  public boolean accepts(int count) {
    return count >= minArguments && count <= maxArguments;
  }
}
