/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal;

import java.util.List;
import java.util.UUID;
import page.bits.db.Db;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.schema.Birth;
import page.bits.db.internal.value.DbValue;
import page.bits.db.spi.DatabaseId;
import page.bits.edn.Edn;

/// Database values for tests: a birth and some transactions, without a connection.
public final class TestDb {
  private TestDb() {}

  /// The value after these transactions, each an EDN vector of forms.
  public static Db of(String... transactions) {
    Db db = DbValue.now(MemoryIndex.ofBirth(new DatabaseId(UUID.randomUUID()), Birth.datoms()));
    for (String transaction : transactions) {
      db = db.with((List<?>) Edn.read(transaction)).dbAfter();
    }
    return db;
  }

  /// One attribute as a map form; `more` is text such as `:db/unique :db.unique/identity`.
  public static String attribute(String ident, String type, String cardinality, String more) {
    return "{:db/ident %s :db/valueType :db.type/%s :db/cardinality :db.cardinality/%s %s}"
        .formatted(ident, type, cardinality, more);
  }
}
