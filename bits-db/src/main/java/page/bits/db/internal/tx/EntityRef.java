/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

/// An entity as a form names it: one that exists, or a tempid.
sealed interface EntityRef permits EntityRef.Known, Tempid {
  /// The entity's id; of a tempid only once it is resolved.
  long id();

  /// An entity that exists in the value before, or the transaction itself.
  record Known(long id) implements EntityRef {}
}
