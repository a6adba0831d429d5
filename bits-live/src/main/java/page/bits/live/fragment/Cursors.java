/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.fragment;

import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import page.bits.db.Cursor;

/// The newest points of the log that a node took in, so that it knows a client's cursor without the
/// storage. Thread-safe.
public final class Cursors {
  private static final int KEPT = 10_000;

  private final ConcurrentSkipListMap<Long, Long> digests = new ConcurrentSkipListMap<>();
  private int count;

  Cursors() {}

  /// Called by the reader's thread alone.
  void add(Cursor cursor) {
    if (digests.put(cursor.t(), cursor.digest()) == null && ++count > KEPT) {
      digests.pollFirstEntry();
      count--;
    }
  }

  /// Whether the log holds this cursor; empty when it is older than what is remembered.
  public Optional<Boolean> holds(Cursor cursor) {
    Long digest = digests.get(cursor.t());
    if (digest != null) {
      return Optional.of(digest == cursor.digest());
    }
    Long first = digests.ceilingKey(0L);
    return first == null || cursor.t() < first ? Optional.empty() : Optional.of(false);
  }
}
