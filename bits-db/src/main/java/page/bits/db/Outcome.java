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

  /// It was refused, for this reason; it left no trace in the log. Only the connection that it was
  /// submitted on knows this, and not for ever: later, and elsewhere, it is [Absent].
  record Refused(BitsException reason) implements Outcome {}

  /// It is not in the log up to its head as read after the question was asked: refused, lost, never
  /// submitted, or still on its way on another node. Submitting it again under its id is safe in
  /// each case.
  record Absent() implements Outcome {}

  /// The storage has not yet said; ask again.
  record StillUnknown() implements Outcome {}
}
