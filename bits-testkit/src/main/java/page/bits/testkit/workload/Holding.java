/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.workload;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Held;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;

/// The ephemeral facts that one client holds: its name, and its two newest marks. Confined to one
/// thread.
final class Holding {
  private final Connection connection;
  private final String client;
  private @Nullable Held held;
  private OptionalLong newest = OptionalLong.empty();
  private boolean isTold;

  Holding(Connection connection, String client) {
    this.connection = connection;
    this.client = client;
  }

  /// Holds one more, and waits until it is there; answers the entity.
  long mark(long mark) {
    Set<Long> marks = newest.isPresent() ? Set.of(newest.getAsLong(), mark) : Set.of(mark);
    var facts = Map.of(":here/client", client, ":here/mark", marks);
    newest = OptionalLong.of(mark);
    isTold = false;
    try {
      Held now = held;
      if (now == null) {
        now = connection.session().hold(facts);
        held = now;
      } else {
        now.replace(facts);
      }
      long e = now.await();
      isTold = true;
      return e;
    } catch (BitsException e) {
      if (e.category() != ErrorCategory.UNAVAILABLE && e.category() != ErrorCategory.BUSY) {
        held = null; // it is held no more
      }
      throw e;
    }
  }

  /// The newest mark, if it was there.
  OptionalLong mark() {
    return isTold ? newest : OptionalLong.empty();
  }
}
