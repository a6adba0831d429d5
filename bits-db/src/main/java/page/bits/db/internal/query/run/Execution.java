/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.Ticker;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/*
 * How a query runs. There is no plan made beforehand: before each step, every clause that could run
 * now is priced with the rows that are really there, and the cheapest one runs. So the order adapts
 * to the data and the inputs, and never depends on the order of writing.
 *
 * What is known is a list of relations that share no variable (State). A pattern is read either by
 * a scan or by one lookup for each row of a relation, and then hash-joined; columns that nothing
 * needs any more are dropped at once, and with them duplicate rows. A `not` is its own execution,
 * seeded with the rows of the variables it shares; what comes out is taken away.
 */

/// Runs steps, cheapest first, until none is left. Confined to one thread.
public final class Execution {
  private final List<Step> remaining;
  private final List<Term.Variable> wanted;
  private final State state;
  private final Cost cost = new Cost();
  private final Ticker ticker;

  public Execution(
      List<Step> steps, List<Relation> given, List<Term.Variable> wanted, Ticker ticker) {
    this.remaining = new ArrayList<>(steps);
    this.wanted = wanted;
    this.ticker = ticker;
    this.state = new State(ticker);
    given.forEach(relation -> state.add(relation, needed()));
  }

  /// The different rows over the wanted variables.
  public Relation run() {
    while (!remaining.isEmpty() && !state.isImpossible()) {
      Choice choice = cheapest();
      remaining.remove(choice.step); // an equal step would do the same
      run(choice);
    }
    return state.result(wanted);
  }

  /// A step that can run now; a pattern's comes with its access.
  private record Choice(Step step, @Nullable Access access, double cost) {}

  private Choice cheapest() {
    Choice best = null;
    for (Step step : remaining) {
      Choice choice = price(step);
      if (choice != null && (best == null || choice.cost < best.cost)) {
        best = choice;
      }
    }
    if (best == null) {
      throw new BitsException(DbError.INTERNAL, "No clause of the query can run", ErrorData.none());
    }
    return best;
  }

  /// Null when the step has to wait for others.
  private @Nullable Choice price(Step step) {
    return switch (step) {
      case Step.ReadDatoms read -> {
        Optional<ValueRange> within = PushDown.of(read, remaining, state.pinned());
        Access access = cost.access(read, state, within);
        yield new Choice(step, access, access.cost());
      }
      case Step.ReadRows read -> new Choice(step, null, read.rows().size());
      case Step.Filter filter -> waiting(step, filter.variables(), 0.1);
      case Step.Compute compute -> waiting(step, compute.arguments(), 1);
      case Step.Exclude exclude -> waiting(step, exclude.shared(), 3);
    };
  }

  private @Nullable Choice waiting(Step step, Set<Term.Variable> variables, double perRow) {
    return state.binds(variables)
        ? new Choice(step, null, perRow * state.productSize(variables))
        : null;
  }

  private void run(Choice choice) {
    switch (choice.step) {
      case Step.ReadDatoms read -> {
        if (choice.access != null) {
          state.add(PatternScan.datoms(read, choice.access, state, ticker), needed());
        }
      }
      case Step.ReadRows read -> state.add(PatternScan.rows(read, ticker), needed());
      case Step.Filter filter -> filter(filter);
      case Step.Compute compute -> compute(compute);
      case Step.Exclude exclude -> exclude(exclude);
    }
  }

  private void filter(Step.Filter filter) {
    Relation relation = state.take(filter.variables());
    Caller.Bound call = filter.caller().on(relation.variables());
    var kept = new ArrayList<Object[]>();
    for (Object[] row : relation.rows()) {
      ticker.tick();
      if (Function.isTruthy(call.apply(row))) {
        kept.add(row);
      }
    }
    state.add(new Relation(relation.variables(), kept), needed());
  }

  private void compute(Step.Compute compute) {
    Relation relation = state.take(compute.arguments());
    Caller.Bound call = compute.caller().on(relation.variables());
    List<Term.Variable> made = compute.unpacker().variables();
    List<Term.Variable> shared = made.stream().filter(relation.variables()::contains).toList();
    var variables = new LinkedHashSet<>(relation.variables());
    variables.addAll(made);
    var distinct = new Relation.Distinct(List.copyOf(variables));
    for (Object[] row : relation.rows()) {
      for (Object[] result : compute.unpacker().rows(call.apply(row))) {
        ticker.tick();
        if (agree(relation, row, made, result, shared)) {
          distinct.add(extend(row, made, result, shared, variables.size()));
        }
      }
    }
    state.add(distinct.build(), needed());
  }

  private static boolean agree(
      Relation relation,
      Object[] row,
      List<Term.Variable> made,
      Object[] result,
      List<Term.Variable> shared) {
    return shared.stream().allMatch(v -> row[relation.column(v)].equals(result[made.indexOf(v)]));
  }

  private static Object[] extend(
      Object[] row,
      List<Term.Variable> made,
      Object[] result,
      List<Term.Variable> shared,
      int width) {
    Object[] extended = Arrays.copyOf(row, width);
    int at = row.length;
    for (int i = 0; i < result.length; i++) {
      if (!shared.contains(made.get(i))) {
        extended[at++] = result[i];
      }
    }
    return extended;
  }

  private void exclude(Step.Exclude exclude) {
    Relation relation = state.take(exclude.shared());
    List<Term.Variable> joins = List.copyOf(exclude.shared());
    Relation seeds = relation.projectTo(joins, ticker);
    Relation held = new Execution(exclude.body(), List.of(seeds), joins, ticker).run();
    state.add(relation.without(held, ticker), needed());
  }

  /// The variables that the result or a clause still to run looks at.
  private Set<Term.Variable> needed() {
    var needed = new LinkedHashSet<>(wanted);
    remaining.forEach(step -> needed.addAll(step.variables()));
    return needed;
  }
}
