/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

/// One element of `:in`.
public sealed interface Input {
  /// `$` or `$name`: a database, a collection of rows, or a map.
  record SourceName(String name) implements Input {}

  /// Values for variables.
  record Values(Object form, Binding binding) implements Input {}

  /// A plain symbol: a pull pattern.
  record PatternName(String name) implements Input {}

  /// `%`: rules.
  record RuleSet() implements Input {}
}
