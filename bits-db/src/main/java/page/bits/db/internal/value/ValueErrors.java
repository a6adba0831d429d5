/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import page.bits.db.DbError;
import page.bits.db.Index;
import page.bits.db.internal.given.Shown;
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

  static BitsException noTimePoint(Object found) {
    return new BitsException(
        DbError.INVALID_TIME_POINT,
        "A time point is a t, the entity id of a transaction, or an instant",
        ErrorData.of("type", Shown.typeOf(found)));
  }

  static BitsException notAPartition(Object found) {
    return new BitsException(
        DbError.NOT_A_PARTITION,
        "No partition has this name",
        ErrorData.of("found", Shown.brief(found)));
  }

  static BitsException nilComponent(Index index) {
    return new BitsException(
        DbError.INVALID_INDEX_COMPONENTS,
        "nil is no component; leave it out, and those after it",
        ErrorData.of("index", index.name()));
  }

  static BitsException noWalk(String expected, Object found) {
    return new BitsException(
        DbError.INVALID_PULL,
        "The index cannot be pulled along in this way",
        ErrorData.of("expected", expected).and("found", Shown.brief(found)));
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
