/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// An append of which its process does not know whether it is in the log. Immutable.
///
/// `position` is where in the log it was put, `since` when it was first sent, by the clock of the
/// storage; `submissions` are the ids of the transactions in it, of which
/// [Connection#outcome(UUID)] may already know more. Whatever lies at that position of the log
/// decides: as long as nothing does, the process puts the same bytes again, and appends nothing
/// else.
public record UnresolvedAppend(long position, Instant since, List<UUID> submissions) {
  public UnresolvedAppend {
    submissions = List.copyOf(submissions);
  }
}
