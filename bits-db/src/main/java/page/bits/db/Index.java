/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

/// The four covering indexes, each named by the order of its components; t always descends.
public enum Index {
  /// Every datom, by entity: what is known of one thing.
  EAVT,
  /// Every datom, by attribute: one column of all things.
  AEVT,
  /// Datoms of unique and indexed attributes, by value: lookup and ranges.
  AVET,
  /// Datoms of references, by what they point at: the way back.
  VAET
}
