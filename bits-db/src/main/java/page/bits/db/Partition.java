/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Objects;
import java.util.OptionalInt;

/// How an entity id is laid out: 20 bits of partition over 42 bits of counter.
///
/// Ids are opaque to users; they are never reused and never change. Partitions only cluster
/// entities: what is in one partition lies side by side in the indexes by entity. A *partition
/// number* is what these bits hold: the number of the installed partition's entity, or one of the
/// implicit partitions, whose highest bit is set.
public final class Partition {
  /// The partition of schema elements: attributes, types, partitions.
  public static final long DB = 0;

  /// The partition of transaction entities.
  public static final long TX = 3;

  /// The partition of ordinary entities.
  public static final long USER = 4;

  /// How many implicit partitions there are; they need no transaction to install them.
  public static final int IMPLICIT_COUNT = 1 << 19;

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

  /// The entity id that stands for a partition: of an installed one its own, of an implicit one
  /// that with counter 0.
  public static long entity(long partition) {
    return isImplicit(partition) ? entityId(partition, 0) : partition;
  }

  /// The entity id that stands for implicit partition `number`, from 0 to [#IMPLICIT_COUNT]
  /// (exclusive): what `:db/force-partition` takes.
  public static long implicit(int number) {
    return entity(IMPLICIT_COUNT | Objects.checkIndex(number, IMPLICIT_COUNT));
  }

  /// The number of the implicit partition of an entity id; empty when it is in no such partition.
  public static OptionalInt implicitNumber(long entityId) {
    long partition = of(entityId);
    return isImplicit(partition)
        ? OptionalInt.of((int) partition & (IMPLICIT_COUNT - 1))
        : OptionalInt.empty();
  }

  /// Whether a partition number is that of an implicit partition.
  public static boolean isImplicit(long partition) {
    return partition >= IMPLICIT_COUNT && partition < 2L * IMPLICIT_COUNT;
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
