/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.List;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.internal.index.Counters;

/// The database values that an evaluation hands to functions and predicates. They cost an index, so
/// they are made only where a transaction meets user code.
public interface Moments {
  /// The value before the transaction.
  Db before();

  /// The value after it, were it committed with these datoms and counters.
  Db after(List<Datom> datoms, Counters after);
}
