/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

/// One element of `:in`.
public sealed interface Input {
  /// `$` or `$name`: a database, a collection of rows, or a map.
  public record SourceName(String name) implements Input {}

  /// Values for variables.
  public record Values(Object form, Binding binding) implements Input {}

  /// A plain symbol: a pull pattern.
  public record PatternName(String name) implements Input {}
}
