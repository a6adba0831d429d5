/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Relation;

/// Guesses what it costs to call a rule next. A wrong guess costs time, never a result.
final class CallCost {
  /// Up to so many keys a rule is always asked for just these: it keeps what is read narrow.
  private static final int KEYS_FREE = 256;

  /// What one key costs in one branch, in datoms of a scan.
  private static final double KEY = 16;

  private static final double UNKNOWN = 1_000;
  private static final double RECURSION = 4;

  private final RuleEngine rules;
  private final Cost cost;
  private final Map<CompiledRule, Double> wholes = new HashMap<>();

  CallCost(RuleEngine rules, Cost cost) {
    this.rules = rules;
    this.cost = cost;
  }

  /// The cheapest way to call; null when nothing that is bound suffices.
  @Nullable CallAccess access(Step.Invoke call, State state) {
    Set<Term.Variable> pinned = state.pinned().keySet();
    Set<Term.Variable> fixed =
        call.variables().stream().filter(pinned::contains).collect(Collectors.toSet());
    CallAccess best = null;
    BitSet positions = call.bound(fixed);
    if (call.rule().isReady(positions)) {
      double price = positions.isEmpty() ? whole(call.rule(), new HashSet<>()) : keys(call, 1);
      best = new CallAccess(positions, fixed, price);
    }
    for (Relation relation : state.relations()) {
      if (relation.size() > 1 && relation.hasAny(call.variables())) {
        CallAccess driven = driven(call, fixed, relation);
        if (driven != null && (best == null || isBetter(driven, best, relation.size()))) {
          best = driven;
        }
      }
    }
    return best == null ? product(call, state) : best;
  }

  private static boolean isBetter(CallAccess driven, CallAccess best, int size) {
    return driven.cost() < best.cost() || (best.bound().isEmpty() && size <= KEYS_FREE);
  }

  private @Nullable CallAccess driven(
      Step.Invoke call, Set<Term.Variable> fixed, Relation relation) {
    Set<Term.Variable> from = new LinkedHashSet<>(fixed);
    relation.variables().stream().filter(call.variables()::contains).forEach(from::add);
    BitSet positions = call.bound(from);
    return call.rule().isReady(positions)
        ? new CallAccess(positions, from, keys(call, relation.size()))
        : null;
  }

  /// With everything that is bound.
  private @Nullable CallAccess product(Step.Invoke call, State state) {
    Set<Term.Variable> from =
        call.variables().stream()
            .filter(variable -> state.binds(Set.of(variable)))
            .collect(Collectors.toSet());
    BitSet positions = call.bound(from);
    return call.rule().isReady(positions)
        ? new CallAccess(positions, from, keys(call, state.productSize(from)))
        : null;
  }

  private static double keys(Step.Invoke call, double count) {
    return count * KEY * call.rule().branches().size();
  }

  /// About what it costs to find all rows of a rule: the cheapest beginning of each branch.
  private double whole(CompiledRule rule, Set<CompiledRule> above) {
    RuleTable table = rules.table(rule);
    if (table.isAskedForAll()) {
      return table.size();
    }
    Double known = wholes.get(rule);
    if (known != null) {
      return known;
    }
    if (!above.add(rule)) {
      return UNKNOWN;
    }
    double sum = 0;
    for (CompiledRule.Branch branch : rule.branches()) {
      sum += branch.steps().stream().mapToDouble(step -> beginning(step, above)).min().orElse(1);
    }
    above.remove(rule);
    double guess = 2 * sum * (rule.isRecursive() ? RECURSION : 1);
    wholes.put(rule, guess);
    return guess;
  }

  private double beginning(Step step, Set<CompiledRule> above) {
    return switch (step) {
      case Step.ReadDatoms read ->
          cost.access(read, new State(rules.ticker()), Optional.empty()).cost();
      case Step.ReadRows read -> read.rows().size();
      case Step.Compute compute -> compute.arguments().isEmpty() ? 1 : Double.MAX_VALUE / 1e9;
      case Step.Invoke invoke -> whole(invoke.rule(), above);
      case Step.Filter _, Step.Exclude _ -> Double.MAX_VALUE / 1e9;
    };
  }
}
