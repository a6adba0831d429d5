/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.util.List;
import java.util.function.Supplier;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.tx.Moments;

/// The values before and after a transaction on a memory index. `index` may build it when asked.
public record IndexMoments(Supplier<MemoryIndex> index) implements Moments {
  @Override
  public Db before() {
    return DbValue.now(index.get());
  }

  @Override
  public Db after(List<Datom> datoms, Counters after) {
    return DbValue.now(index.get().with(List.of(datoms), after));
  }
}
