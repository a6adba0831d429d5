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
}
