/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import page.bits.error.BitsException;

/// How an append ended.
public sealed interface AppendResult {
  /// The entry is at its position, durably.
  record Appended() implements AppendResult {}

  /// Something lies at the position already: another writer's entry, or our own from an earlier
  /// try.
  record Taken(StoredEntry entry) implements AppendResult {}

  /// The position is free, but the entry before it is missing or has another digest than the one
  /// named.
  record Forked() implements AppendResult {}

  /// The storage did not say: the entry may be there, may come to be there later, or never. The
  /// only unclear end.
  record Unknown(BitsException cause) implements AppendResult {}
}
