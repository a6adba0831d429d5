/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.index;

import java.util.OptionalLong;

/// What part of time a view shows: what was said up to and including `asOfT` and after `sinceT`;
/// what holds at the end of that, or with `isHistory` every word of it. Immutable.
///
/// Each of the three is set on its own, so views can be asked for in any order; of two of one kind
/// the later counts.
public record Window(OptionalLong asOfT, OptionalLong sinceT, boolean isHistory) {
  /// All of time, and what holds at its end.
  public static final Window NOW = new Window(OptionalLong.empty(), OptionalLong.empty(), false);

  public Window asOf(long t) {
    return new Window(OptionalLong.of(t), sinceT, isHistory);
  }

  public Window since(long t) {
    return new Window(asOfT, OptionalLong.of(t), isHistory);
  }

  public Window history() {
    return new Window(asOfT, sinceT, /* isHistory= */ true);
  }

  boolean contains(long t) {
    return t <= asOfT.orElse(Long.MAX_VALUE) && t > sinceT.orElse(-1);
  }
}
