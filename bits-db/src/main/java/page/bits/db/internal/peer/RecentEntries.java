/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest entries with their index, for reports that follow the head closely; older ones are
/// read from the log. Thread-safe.
final class RecentEntries {
  private static final int KEPT_MAX = 64;

  /// Each at the place of its position; a newer one takes the place of the oldest.
  private final @Nullable AppliedEntry[] entries = new AppliedEntry[KEPT_MAX];

  /// The next one; positions are dense.
  synchronized void add(AppliedEntry applied) {
    entries[place(applied.entry().position())] = applied;
  }

  /// The entry at a position; empty where that is not kept.
  synchronized Optional<AppliedEntry> at(long position) {
    return Optional.ofNullable(entries[place(position)])
        .filter(applied -> applied.entry().position() == position);
  }

  private static int place(long position) {
    return Math.toIntExact(position % KEPT_MAX);
  }
}
