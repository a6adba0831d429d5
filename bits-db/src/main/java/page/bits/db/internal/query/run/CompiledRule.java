/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Term;

/// A rule on a source, or an `or`, which is a rule without a name: its branches as steps. Confined
/// to one run.
///
/// Rules call each other and themselves, so the branches are set once all that they call is there.
final class CompiledRule {
  /// One way for the rule to hold: its clauses, and the steps that they became. `calls` are the
  /// calls outside of any `not`, of rules that may lead back to this one.
  record Branch(
      List<Term.Variable> head, List<Clause> body, List<Step> steps, List<Step.Invoke> calls) {}

  private final String name;
  private final int arity;
  private final Predicate<BitSet> isReady;
  private final Map<BitSet, Boolean> ready = new HashMap<>();
  private List<Branch> branches = List.of();
  private int component = -1;
  private boolean isRecursive;

  CompiledRule(String name, int arity, Predicate<BitSet> isReady) {
    this.name = name;
    this.arity = arity;
    this.isReady = isReady;
  }

  String name() {
    return name;
  }

  int arity() {
    return arity;
  }

  List<Branch> branches() {
    return branches;
  }

  void branches(List<Branch> compiled) {
    branches = List.copyOf(compiled);
  }

  /// The set of rules that call each other in a circle, of which this is one. A component is solved
  /// as a whole.
  int component() {
    return component;
  }

  boolean isRecursive() {
    return isRecursive;
  }

  void component(int number, boolean hasCircle) {
    component = number;
    isRecursive = hasCircle;
  }

  /// Whether the rule can run when these positions of its head are bound.
  boolean isReady(BitSet bound) {
    return ready.computeIfAbsent((BitSet) bound.clone(), isReady::test);
  }
}
