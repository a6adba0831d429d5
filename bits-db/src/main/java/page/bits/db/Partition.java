/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

/// How an entity id is laid out: 20 bits of partition over 42 bits of counter.
///
/// Ids are opaque to users; they are never reused and never change. Partitions only cluster
/// entities.
public final class Partition {
  /// The partition of schema elements: attributes, types, partitions.
  public static final long DB = 0;

  /// The partition of transaction entities.
  public static final long TX = 3;

  /// The partition of ordinary entities.
  public static final long USER = 4;

  private static final long COUNTER_MASK = (1L << 42) - 1;

  private Partition() {}

  /// The entity id with that counter in that partition.
  public static long entityId(long partition, long counter) {
    return partition << 42 | counter;
  }

  /// The partition number of an entity id.
  public static long of(long entityId) {
    return entityId >>> 42;
  }

  /// The counter of an entity id; for a transaction entity this is its t.
  public static long counter(long entityId) {
    return entityId & COUNTER_MASK;
  }

  /// The entity id of the transaction with that t.
  public static long tx(long t) {
    return entityId(TX, t);
  }
}
