/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log of a database, read by t.
public interface Log {
  /// One transaction of the log.
  record LoggedTx(long t, List<Datom> data) {
    public LoggedTx {
      data = List.copyOf(data);
    }
  }

  /// The transactions from t `start` (inclusive) to t `end` (exclusive), null is open; lazy, may be
  /// iterated again.
  Iterable<LoggedTx> txRange(@Nullable Long start, @Nullable Long end);
}
