/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Rule;

/// What the positions of a rule's head stand for, on a source. Confined to one run.
final class RuleUses {
  private record Head(Rule rule, int position, DataSource source) {}

  private final RunSources sources;
  private final Map<Head, Optional<VariableUses.Use>> known = new HashMap<>();

  RuleUses(RunSources sources) {
    this.sources = sources;
  }

  /// Empty when the branches say nothing; where a rule calls itself, its other clauses say it.
  Optional<VariableUses.Use> of(Rule rule, int position, DataSource source) {
    var head = new Head(rule, position, source);
    Optional<VariableUses.Use> found = known.get(head);
    if (found == null) {
      known.put(head, Optional.empty());
      found = find(head);
      known.put(head, found);
    }
    return found;
  }

  private Optional<VariableUses.Use> find(Head head) {
    RunSources inside = sources.onlyDefault(head.source);
    return head.rule.branches().stream()
        .flatMap(
            branch ->
                new VariableUses(branch.body(), inside, this)
                    .use(branch.head().get(head.position)).stream())
        .findFirst();
  }
}
