/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.ArrayList;
import java.util.List;
import page.bits.db.Datom;
import page.bits.db.internal.schema.Schema;

/// Every schema that a database had, by the t from which it held. Immutable; schemas change rarely.
final class SchemaHistory {
  private record Since(long t, Schema schema) {}

  private final List<Since> schemas;

  SchemaHistory(long t, Schema first) {
    this(List.of(new Since(t, first)));
  }

  private SchemaHistory(List<Since> schemas) {
    this.schemas = schemas;
  }

  /// The history up to the birth.
  SchemaHistory first() {
    return new SchemaHistory(List.of(schemas.getFirst()));
  }

  Schema newest() {
    return schemas.getLast().schema();
  }

  /// The schema right after transaction t.
  Schema at(long t) {
    for (int i = schemas.size() - 1; i > 0; i--) {
      if (schemas.get(i).t() <= t) {
        return schemas.get(i).schema();
      }
    }
    return schemas.getFirst().schema();
  }

  /// This history after one more transaction; itself when the transaction leaves the schema alone.
  SchemaHistory with(List<Datom> txData) {
    Schema next = newest().with(txData);
    if (next == newest()) {
      return this;
    }
    var more = new ArrayList<>(schemas);
    more.add(new Since(txData.getFirst().t(), next));
    return new SchemaHistory(List.copyOf(more));
  }
}
