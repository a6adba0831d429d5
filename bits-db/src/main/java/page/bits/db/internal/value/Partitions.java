/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import page.bits.db.Partition;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.index.DatomSource;

/// Which partition a caller means.
final class Partitions {
  private Partitions() {}

  /// The number of the partition that an ident or id names.
  static long number(DatomSource source, Object partition) {
    long id = EntityRefs.require(source, partition, "entidAt");
    if (isBuiltIn(id) || source.schema().isInstalledPartition(id)) {
      return id;
    }
    long number = Partition.of(id);
    if (Partition.isImplicit(number) && Partition.entity(number) == id) {
      return number;
    }
    throw ValueErrors.notAPartition(partition);
  }

  private static boolean isBuiltIn(long id) {
    return id == Partition.DB || id == Partition.TX || id == Partition.USER;
  }
}
