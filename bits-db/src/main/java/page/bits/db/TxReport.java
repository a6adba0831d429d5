/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/// One committed transaction: its data, and the database before and after it. Immutable and
/// thread-safe.
public interface TxReport {
  /// The transaction's t.
  long t();

  /// The t of the transaction before it; 0 for the first.
  long prevT();

  /// The entity id of the transaction.
  long tx();

  Instant txInstant();

  /// The point right after this transaction.
  Cursor cursor();

  /// The id under which it was submitted; see [Connection#outcome(UUID)].
  UUID submissionId();

  Db dbBefore();

  Db dbAfter();

  /// Whether both [#dbBefore()] and [#dbAfter()] are the very values of their moments; if not, the
  /// first or both are as-of views, which show durable facts only.
  boolean isExact();

  /// The t of the transaction by which some of this one's data was excised: then [#txData()],
  /// [#tempids()] and the values before and after are without that. Empty for one that is whole.
  default OptionalLong excisedBy() {
    return OptionalLong.empty();
  }

  /// What was asserted and retracted; the transaction's own `:db/txInstant` comes first.
  List<Datom> txData();

  /// The entity ids of the tempids that the caller named.
  Map<String, Long> tempids();
}
