/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import page.bits.db.DbError;
import page.bits.db.Index;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors in reading a database value by hand.
final class ValueErrors {
  private ValueErrors() {}

  static BitsException invalidTimePoint(long t) {
    return new BitsException(
        DbError.INVALID_TIME_POINT,
        "A time point is a t or the entity id of a transaction",
        ErrorData.of("t", t));
  }

  static BitsException notIndexed(Object attribute) {
    return new BitsException(
        DbError.ATTRIBUTE_NOT_INDEXED,
        "The attribute is not in AVET",
        ErrorData.of("attribute", attribute.toString())
            .and("remedy", "add :db/index true or :db/unique to its schema"));
  }

  static BitsException tooManyComponents(Index index, int count) {
    return new BitsException(
        DbError.INVALID_INDEX_COMPONENTS,
        "An index has four components",
        ErrorData.of("index", index.name()).and("found", (long) count));
  }
}
