/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What was looked at and what did not hold. Confined to one thread.
final class Report {
  private static final int KEPT_MAX = 20;

  private final Map<Invariant, Long> checked = new EnumMap<>(Invariant.class);
  private final Map<Invariant, Long> violated = new EnumMap<>(Invariant.class);
  private final List<Violation> kept = new ArrayList<>();

  /// Counts one look at an invariant; `what` is asked only when it does not hold.
  boolean check(Invariant invariant, boolean holds, Supplier<String> what) {
    checked.merge(invariant, 1L, Long::sum);
    if (!holds && violated.merge(invariant, 1L, Long::sum) <= KEPT_MAX) {
      kept.add(new Violation(invariant, what.get()));
    }
    return holds;
  }

  Map<Invariant, Long> checked() {
    return checked;
  }

  List<Violation> kept() {
    return kept;
  }

  long violations() {
    return violated.values().stream().mapToLong(Long::longValue).sum();
  }
}
