/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Rule;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.parse.Modes;

/// Brings rules together with the sources they are called on, each once. Confined to one run.
final class RuleCompiler {
  private record Key(String rule, DataSource source) {}

  private final RunSources sources;
  private final Modes modes;
  private final RuleUses uses;
  private final Map<Key, CompiledRule> compiled = new HashMap<>();
  private final List<CompiledRule> all = new ArrayList<>();

  RuleCompiler(RunSources sources, RuleUses uses) {
    this.sources = sources;
    this.modes = new Modes(sources.rules());
    this.uses = uses;
  }

  Modes modes() {
    return modes;
  }

  RuleUses uses() {
    return uses;
  }

  /// Every rule that was met, those of `or` included.
  List<CompiledRule> all() {
    return all;
  }

  CompiledRule rule(Rule rule, DataSource source) {
    Key key = new Key(rule.name(), source);
    CompiledRule known = compiled.get(key);
    if (known != null) {
      return known;
    }
    var fresh =
        new CompiledRule(rule.name(), rule.arity(), positions -> modes.binds(rule, positions));
    compiled.put(key, fresh);
    all.add(fresh);
    RunSources inside = sources.onlyDefault(source);
    var branches = new ArrayList<CompiledRule.Branch>();
    for (Rule.Branch branch : rule.branches()) {
      var resolver = new Resolver(inside, new VariableUses(branch.body(), inside, uses), this);
      branches.add(branch(branch.head(), branch.body(), resolver));
    }
    fresh.branches(branches);
    return fresh;
  }

  CompiledRule or(Clause.Or or, Resolver resolver) {
    List<Term.Variable> head = List.copyOf(or.joins());
    var fresh =
        new CompiledRule(
            or.isListed() ? "or-join" : "or",
            head.size(),
            positions -> {
              Set<Term.Variable> given = new LinkedHashSet<>();
              positions.stream().forEach(i -> given.add(head.get(i)));
              return modes.binds(or, given);
            });
    all.add(fresh);
    fresh.branches(or.branches().stream().map(body -> branch(head, body, resolver)).toList());
    return fresh;
  }

  private CompiledRule.Branch branch(
      List<Term.Variable> head, List<Clause> body, Resolver resolver) {
    List<Step> steps = resolver.steps(body, modes.bound(body, new LinkedHashSet<>(head)));
    List<Step.Invoke> calls =
        steps.stream().filter(Step.Invoke.class::isInstance).map(Step.Invoke.class::cast).toList();
    return new CompiledRule.Branch(head, body, steps, calls);
  }
}
