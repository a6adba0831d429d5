/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.match;

import java.util.List;
import java.util.Set;
import page.bits.db.Datom;
import page.bits.db.ReadSet;

/// Who read which ranges. Not thread-safe: its owner holds a lock around every call.
public interface RangeIndex<T> {
  /// Says what the owner read, in place of what it read before.
  void put(T owner, ReadSet reads);

  void remove(T owner);

  /// The owners of whose ranges these datoms touch at least one.
  Set<T> touchedBy(List<Datom> datoms);
}
