/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.Ticker;

/*
 * How a query runs. There is no plan made beforehand: before each step, every clause that could run
 * now is priced with the rows that are really there, and the cheapest one runs. So the order adapts
 * to the data and the inputs, and never depends on the order of writing.
 *
 * What is known is a list of relations that share no variable (State). A pattern is read either by
 * a scan or by one lookup for each row of a relation, and then hash-joined; columns that nothing
 * needs any more are dropped at once, and with them duplicate rows. A `not` is its own execution,
 * seeded with the rows of the variables it shares; what comes out is taken away. A rule, and an
 * `or`, is asked for the rows that the known ones can be joined with (RuleEngine).
 */

/// Runs steps, cheapest first, until none is left. Confined to one thread.
final class Execution {
  private final List<Step> remaining;
  private final List<Term.Variable> wanted;
  private final State state;
  private final Cost cost = new Cost();
  private final Ticker ticker;
  private final RuleEngine rules;
  private final CallCost callCost;
  private final int solving;

  /// `solving` is the component of rules that this runs a branch of, or [RuleEngine#NO_COMPONENT].
  Execution(
      List<Step> steps,
      List<Relation> given,
      List<Term.Variable> wanted,
      RuleEngine rules,
      int solving) {
    this.remaining = new ArrayList<>(steps);
    this.wanted = wanted;
    this.rules = rules;
    this.solving = solving;
    this.ticker = rules.ticker();
    this.callCost = new CallCost(rules, cost);
    this.state = new State(ticker);
    given.forEach(relation -> state.add(relation, needed()));
  }

  /// The different rows over the wanted variables.
  Relation run() {
    return run(this::run);
  }

  /// As [#run()], noting what ran.
  Relation run(Trace trace) {
    return run(choice -> traced(choice, trace));
  }

  private Relation run(Consumer<Choice> runner) {
    while (!remaining.isEmpty() && !state.isImpossible()) {
      Choice choice = cheapest();
      remaining.remove(choice.step); // an equal step would do the same
      runner.accept(choice);
    }
    return state.result(wanted);
  }

  private void traced(Choice choice, Trace trace) {
    Set<Term.Variable> bindsIn = state.variables();
    double rowsIn = state.productSize(choice.step.variables());
    run(choice);
    double rowsOut = state.isImpossible() ? 0 : state.productSize(choice.step.variables());
    trace.ran(choice.step, choice.cost, rowsIn, rowsOut, bindsIn, state.variables());
  }

  /// A step that can run now; a pattern's comes with its access, a rule's with how it is called.
  private record Choice(
      Step step, @Nullable Access access, @Nullable CallAccess call, double cost) {}

  private Choice cheapest() {
    Choice best = null;
    for (Step step : remaining) {
      Choice choice = price(step);
      if (choice != null && (best == null || choice.cost < best.cost)) {
        best = choice;
      }
    }
    if (best == null) {
      throw QueryErrors.unbound(unbound(), "the clauses that are left", null);
    }
    return best;
  }

  private Set<Term.Variable> unbound() {
    var unbound = new LinkedHashSet<Term.Variable>();
    remaining.forEach(step -> unbound.addAll(step.variables()));
    unbound.removeIf(variable -> state.binds(Set.of(variable)));
    return unbound;
  }

  /// Null when the step has to wait for others.
  private @Nullable Choice price(Step step) {
    return switch (step) {
      case Step.ReadDatoms read -> {
        Optional<ValueRange> within = PushDown.of(read, remaining, state.pinned());
        Access access = cost.access(read, state, within);
        yield new Choice(step, access, null, access.cost());
      }
      case Step.ReadRows read -> new Choice(step, null, null, read.rows().size());
      case Step.Filter filter -> waiting(step, filter.variables(), 0.1);
      case Step.Compute compute -> waiting(step, compute.arguments(), 1);
      case Step.Exclude exclude -> waiting(step, exclude.shared(), 3);
      case Step.Invoke invoke -> {
        CallAccess access = callCost.access(invoke, state);
        yield access == null ? null : new Choice(step, null, access, access.cost());
      }
    };
  }

  private @Nullable Choice waiting(Step step, Set<Term.Variable> variables, double perRow) {
    return state.binds(variables)
        ? new Choice(step, null, null, perRow * state.productSize(variables))
        : null;
  }

  private void run(Choice choice) {
    switch (choice.step) {
      case Step.ReadDatoms read -> {
        if (choice.access != null) {
          state.add(datoms(read, choice.access), needed());
        }
      }
      case Step.ReadRows read -> state.add(PatternScan.rows(read, ticker), needed());
      case Step.Filter filter -> filter(filter);
      case Step.Compute compute ->
          state.add(Computation.of(compute, state.take(compute.arguments()), ticker), needed());
      case Step.Exclude exclude -> exclude(exclude);
      case Step.Invoke invoke -> {
        if (choice.call != null) {
          invoke(invoke, choice.call);
        }
      }
    }
  }

  private Relation datoms(Step.ReadDatoms read, Access access) {
    return solving == RuleEngine.NO_COMPONENT
        ? PatternScan.datoms(read, access, state.pinned(), ticker)
        : rules.scans().read(read, access, state, cost);
  }

  private void filter(Step.Filter filter) {
    Relation relation = state.take(filter.variables());
    Caller.Bound call = filter.caller().on(relation.variables());
    var kept = new ArrayList<Object[]>();
    for (Object[] row : relation.rows()) {
      ticker.call();
      if (Function.isTruthy(call.apply(row))) {
        kept.add(row);
      }
    }
    state.add(new Relation(relation.variables(), kept), needed());
  }

  private void exclude(Step.Exclude exclude) {
    Relation relation = state.take(exclude.shared());
    List<Term.Variable> joins = List.copyOf(exclude.shared());
    Relation seeds = relation.projectTo(joins, ticker);
    Relation held = new Execution(exclude.body(), List.of(seeds), joins, rules, solving).run();
    state.add(relation.without(held, ticker), needed());
  }

  private void invoke(Step.Invoke call, CallAccess access) {
    Relation from = state.rows(access.from());
    int[] positions = access.bound().stream().toArray();
    var keys = new ArrayList<Object[]>(from.size());
    for (Object[] row : from.rows()) {
      ticker.tick();
      Object[] key = new Object[positions.length];
      for (int i = 0; i < key.length; i++) {
        key[i] =
            call.arguments().get(positions[i]) instanceof Term.Variable variable
                ? row[from.column(variable)]
                : call.constant(positions[i]);
      }
      keys.add(key);
    }
    state.add(rules.rows(call, access.bound(), keys, solving), needed());
  }

  /// The variables that the result or a clause still to run looks at.
  private Set<Term.Variable> needed() {
    var needed = new LinkedHashSet<>(wanted);
    remaining.forEach(step -> needed.addAll(step.variables()));
    return needed;
  }
}
