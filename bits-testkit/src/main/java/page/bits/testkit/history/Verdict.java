/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.List;
import java.util.Map;

/// What the checker found. `operations` are counts by kind and answer, `checked` by invariant,
/// `states` of what a run ought to have met.
public record Verdict(
    Map<String, Map<String, Long>> operations,
    Map<Invariant, Long> checked,
    Map<String, Long> states,
    List<Violation> violations,
    long violationCount) {
  public Verdict {
    violations = List.copyOf(violations);
  }

  public boolean isClean() {
    return violationCount == 0;
  }

  /// All operations, reads included.
  public long operationCount() {
    return operations.values().stream()
        .flatMap(counts -> counts.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
