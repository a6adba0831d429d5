/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether this thread is inside a computation whose reads are recorded: it may read nothing else.
public final class Recording {
  private static final ScopedValue<Boolean> ACTIVE = ScopedValue.newInstance();

  private Recording() {}

  /// Runs a computation as a recorded one.
  public static <T extends @Nullable Object> T run(Supplier<T> computation) {
    return ScopedValue.where(ACTIVE, true).call(computation::get);
  }

  public static boolean isActive() {
    return ACTIVE.isBound();
  }
}
