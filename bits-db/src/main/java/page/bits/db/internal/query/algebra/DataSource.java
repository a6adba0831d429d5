/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.algebra;

import java.util.List;
import page.bits.db.internal.index.DatomSource;

/// What data patterns are matched against.
public sealed interface DataSource {
  /// A database value.
  public record Database(DatomSource datoms) implements DataSource {}

  /// A collection of rows, matched by position.
  public record Collection(List<Object[]> rows) implements DataSource {
    public Collection {
      rows = List.copyOf(rows);
    }
  }
}
