/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.Db;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.index.SourceDb;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Nil;
import page.bits.db.internal.query.algebra.QueryErrors;

/// Makes sources of what callers give: database values, collections and arrays of rows, maps as
/// rows of key and value.
final class Sources {
  private Sources() {}

  /// Whether the value can be a source.
  static boolean isSource(@Nullable Object value) {
    return value instanceof Db
        || value instanceof DataSource
        || value instanceof Iterable<?>
        || value instanceof Map<?, ?>
        || value instanceof Object[];
  }

  static DataSource of(String name, @Nullable Object value) {
    return switch (value) {
      case DataSource source -> source;
      case SourceDb db -> new DataSource.Database(db.source(), db);
      case Map<?, ?> map -> collection(name, map.entrySet(), map);
      case Iterable<?> rows -> collection(name, rows, rows);
      case Object[] rows -> collection(name, Arrays.asList(rows), rows);
      case null, default ->
          throw QueryErrors.invalidInput("a database or a collection of rows", name, value);
    };
  }

  private static DataSource collection(String name, Iterable<?> elements, Object given) {
    var rows = new ArrayList<Object[]>();
    for (Object element : elements) {
      var list = Unpacker.asList(element);
      if (list == null) {
        throw QueryErrors.invalidInput("rows that are lists", name, element);
      }
      Object[] row = new Object[list.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = Nil.inRow(Given.normal(list.get(i)));
      }
      rows.add(row);
    }
    return new DataSource.Collection(rows, given);
  }
}
