/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.List;
import page.bits.db.internal.index.DatomSource;

/// What data patterns are matched against. `given` is the source as the caller gave it, for
/// functions that take it whole.
public sealed interface DataSource {
  Object given();

  /// A database value.
  record Database(DatomSource datoms, Object given) implements DataSource {}

  /// A collection of rows, matched by position.
  record Collection(List<Object[]> rows, Object given) implements DataSource {
    public Collection {
      rows = List.copyOf(rows);
    }
  }

  /// No source: what a rule is called on in a query that has no `$`. A pattern on it is an error.
  record Missing() implements DataSource {
    @Override
    public Object given() {
      return List.of();
    }
  }
}
