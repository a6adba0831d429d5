/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.ArrayDeque;
import java.util.Optional;

/// The newest entries with their index, for reports that follow the head closely; older ones are
/// read from the log. Thread-safe.
final class RecentEntries {
  private static final int KEPT_MAX = 64;

  private final ArrayDeque<AppliedEntry> entries = new ArrayDeque<>();

  /// The next one; positions are dense.
  synchronized void add(AppliedEntry applied) {
    entries.addLast(applied);
    if (entries.size() > KEPT_MAX) {
      entries.removeFirst();
    }
  }

  /// The entry at a position; empty where that is not kept.
  synchronized Optional<AppliedEntry> at(long position) {
    return entries.stream().filter(applied -> applied.entry().position() == position).findFirst();
  }
}
