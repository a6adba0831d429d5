/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import org.jspecify.annotations.Nullable;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors in the shape of a transaction, before it meets a database.
final class TxErrors {
  private TxErrors() {}

  static BitsException notAList(@Nullable Object found) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "A transaction is a vector of forms",
        ErrorData.of("expected", "a vector")
            .and("found", found == null ? "nil" : found.getClass().getSimpleName()));
  }

  static BitsException attributeWithoutValue(int found) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "Attributes and values are given in turn",
        ErrorData.of("expected", "an even number").and("found", found));
  }

  static BitsException attributeTwice(Object attribute) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "An attribute is given twice; give a list of its values",
        ErrorData.of("attribute", String.valueOf(attribute)));
  }
}
