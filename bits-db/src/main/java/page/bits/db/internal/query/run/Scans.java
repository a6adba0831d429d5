/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.Ticker;

/// Reads patterns in the bodies of recursive rules, which are read again in every round: a scan of
/// a whole pattern is kept, and after as many lookups as a scan would have cost, one is made.
/// Confined to one run.
final class Scans {
  private static final class Pattern {
    double looked;
    Optional<Relation> whole = Optional.empty();
  }

  private final Ticker ticker;
  private final Map<Step.ReadDatoms, Pattern> patterns = new IdentityHashMap<>();

  Scans(Ticker ticker) {
    this.ticker = ticker;
  }

  /// The rows of the pattern that can be joined with what is known, or more.
  Relation read(Step.ReadDatoms step, Access access, State state, Cost cost) {
    Pattern pattern = patterns.computeIfAbsent(step, _ -> new Pattern());
    if (pattern.whole.isPresent()) {
      return pattern.whole.get();
    }
    boolean isWhole =
        access.driver().isEmpty() && access.within().isEmpty() && !isPinned(step, state);
    pattern.looked += access.driver().map(Relation::size).orElse(1) * Cost.SEEK;
    if (!isWhole && (!cost.isFewSeeks(pattern.looked) && pattern.looked > cost.whole(step))) {
      isWhole = true;
    }
    if (!isWhole) {
      return PatternScan.datoms(step, access, state.pinned(), ticker);
    }
    Relation whole = PatternScan.datoms(step, Access.WHOLE, Map.of(), ticker).keepingIndexes();
    pattern.whole = Optional.of(whole);
    return whole;
  }

  private static boolean isPinned(Step.ReadDatoms step, State state) {
    return step.variables().stream().anyMatch(state.pinned()::containsKey);
  }
}
