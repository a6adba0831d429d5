/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.bits.db.internal.query.algebra.QueryErrors;

/// Finds which rules call each other in a circle (Tarjan's strongly connected components), and
/// refuses a circle through a `not`: it would have no least solution.
final class RuleGraph {
  private final Map<CompiledRule, Integer> order = new HashMap<>();
  private final Map<CompiledRule, Integer> lowest = new HashMap<>();
  private final Deque<CompiledRule> open = new ArrayDeque<>();
  private final Set<CompiledRule> isOpen = new HashSet<>();
  private int components;

  private RuleGraph() {}

  /// Numbers the components of these rules. Deep chains of rules are as deep in calls here; what
  /// EDN can hold bounds them.
  static void connect(List<CompiledRule> rules) {
    var graph = new RuleGraph();
    for (CompiledRule rule : rules) {
      if (!graph.order.containsKey(rule)) {
        graph.visit(rule);
      }
    }
    for (CompiledRule rule : rules) {
      for (CompiledRule.Branch branch : rule.branches()) {
        refuseNegation(rule, branch.steps(), /* isNegated= */ false);
      }
    }
  }

  private void visit(CompiledRule rule) {
    order.put(rule, order.size());
    lowest.put(rule, order.get(rule));
    open.push(rule);
    isOpen.add(rule);
    for (CompiledRule called : called(rule)) {
      if (!order.containsKey(called)) {
        visit(called);
        lowest.merge(rule, lowest.getOrDefault(called, 0), Math::min);
      } else if (isOpen.contains(called)) {
        lowest.merge(rule, order.getOrDefault(called, 0), Math::min);
      }
    }
    if (lowest.get(rule).equals(order.get(rule))) {
      close(rule);
    }
  }

  private void close(CompiledRule root) {
    boolean hasCircle = !root.equals(open.peek()) || called(root).contains(root);
    CompiledRule member;
    do {
      member = open.pop();
      isOpen.remove(member);
      member.component(components, hasCircle);
    } while (!member.equals(root));
    components++;
  }

  private static Set<CompiledRule> called(CompiledRule rule) {
    Set<CompiledRule> called = new HashSet<>();
    rule.branches().forEach(branch -> collect(branch.steps(), called));
    return called;
  }

  private static void collect(List<Step> steps, Set<CompiledRule> called) {
    for (Step step : steps) {
      if (step instanceof Step.Invoke invoke) {
        called.add(invoke.rule());
      } else if (step instanceof Step.Exclude exclude) {
        collect(exclude.body(), called);
      }
    }
  }

  private static void refuseNegation(CompiledRule rule, List<Step> steps, boolean isNegated) {
    for (Step step : steps) {
      if (step instanceof Step.Invoke invoke
          && isNegated
          && invoke.rule().component() == rule.component()) {
        throw QueryErrors.ruleNegatesItself(rule.name());
      }
      if (step instanceof Step.Exclude exclude) {
        refuseNegation(rule, exclude.body(), /* isNegated= */ true);
      }
    }
  }
}
