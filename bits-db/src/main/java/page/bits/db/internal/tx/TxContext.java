/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.time.Instant;
import page.bits.db.internal.index.Budget;
import page.bits.db.internal.index.DatomSource;

/// What a transaction is evaluated against: the value before it, the next free numbers, and the
/// time.
///
/// `nextEntity` is the next number that transactions and ordinary entities share: the transaction
/// takes it as its t. `nextElement` is the next schema-element number. `lastTxInstant` is the
/// txInstant of the transaction before; `now` the storage's clock. `moments` makes the values that
/// user code sees; `budget` says how long it may take.
public record TxContext(
    DatomSource before,
    long nextEntity,
    long nextElement,
    Instant lastTxInstant,
    Instant now,
    Moments moments,
    Budget budget) {
  /// Without a limit of time.
  public TxContext(
      DatomSource before,
      long nextEntity,
      long nextElement,
      Instant lastTxInstant,
      Instant now,
      Moments moments) {
    this(before, nextEntity, nextElement, lastTxInstant, now, moments, Budget.unlimited());
  }
}
