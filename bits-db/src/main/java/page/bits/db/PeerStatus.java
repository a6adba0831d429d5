/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Duration;
import java.util.Map;

/// A process that has a storage open to write, by the record under which it beats. Immutable.
///
/// `process` is its id, to which sessions refer as `:bits.session/peer`. `formatLevel` is the
/// highest that its build reads. `sinceBeat` is how long ago it gave its last sign of life, by
/// clocks that may differ: for people only. `positions` says how far it has applied databases that
/// moved lately, by the id of the database. `unresolved` are its appends whose outcome it did not
/// know at that sign of life, by the id of the database, each with at most 8 of its submissions; a
/// process that does not reach the storage cannot say so, and its `sinceBeat` grows instead.
public record PeerStatus(
    String process,
    String host,
    long pid,
    String build,
    int formatLevel,
    String role,
    long beat,
    Duration sinceBeat,
    Map<String, Long> positions,
    Map<String, UnresolvedAppend> unresolved) {
  public PeerStatus {
    positions = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(positions));
    unresolved = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(unresolved));
  }
}
