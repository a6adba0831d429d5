/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import page.bits.error.BitsException;

/// What became of a submitted transaction.
public sealed interface Outcome {
  /// It is in the log.
  record Committed(TxReport report) implements Outcome {}

  /// It was refused, for this reason; it left no trace in the log.
  record Refused(BitsException reason) implements Outcome {}

  /// It is not in the log. Submitting it again under its id is safe, also when another node may
  /// still be at it.
  record Absent() implements Outcome {}

  /// The storage has not yet said; ask again.
  record StillUnknown() implements Outcome {}
}
