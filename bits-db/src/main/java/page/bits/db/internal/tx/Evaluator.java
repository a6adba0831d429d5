/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.List;

/// Evaluates transactions. Stateless and thread-safe.
public final class Evaluator {
  private Evaluator() {}

  /// The transaction that these forms make on the value before; a [page.bits.error.BitsException]
  /// is its refusal.
  public static Evaluated evaluate(TxContext context, List<?> forms) {
    throw new UnsupportedOperationException("evaluate " + context.nextEntity() + forms);
  }
}
