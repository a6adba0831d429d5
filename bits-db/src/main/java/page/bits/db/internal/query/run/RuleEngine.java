/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.parse.Modes;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.Ticker;

/*
 * How rules are solved. A call asks for the rows that have certain values at the positions that are
 * bound where it runs (its demand), so that an ancestor of one person is found without looking at
 * anybody else. The bodies of a rule's branches are run with the demand as given rows; calls inside
 * them ask in turn.
 *
 * Rules that call each other in a circle (a component) are solved together, in rounds, until a round
 * finds no new row and no new demand. A round looks only at what is new (semi-naive evaluation):
 *
 *   - a branch runs with the new demands, joined with all rows known so far;
 *   - and, for each of its calls into the component, with the demands of before, joined with only
 *     the new rows of that call.
 *
 * Any derivation has a part that was found last, and one of the two finds it in the round after.
 * The order of clauses inside a branch is chosen anew each time; whatever it is, a row that reaches
 * a call asks for what it needs there, so nothing that is needed is never asked for. Everything is a
 * set over values that are there, so rounds end; functions that make new values can go on for ever,
 * which the bound on rows ends.
 *
 * Calls of other components are solved to the end where they stand, so a `not` sees all of them;
 * a circle through a `not` is refused (RuleGraph).
 *
 * References: F. Bancilhon, R. Ramakrishnan, "An amateur's introduction to recursive query
 * processing strategies" (SIGMOD 1986); L. Vieille, "Recursive axioms in deductive databases: the
 * query/subquery approach" (1986).
 */

/// Solves rules and keeps what was found for the run. Confined to one thread.
final class RuleEngine {
  /// No rule is being solved.
  static final int NO_COMPONENT = -1;

  /// More keys than this are asked for in the general way, where they share what they find.
  private static final int LINES_MAX = 8;

  /// What was found of a rule in the linear way, for some positions: the rows of each key.
  private record Lines(
      BitSet bound, RightLinear plan, Map<List<Object>, List<Object[]>> rowsByKey) {
    List<Object[]> rows(Object[] key) {
      return rowsByKey.getOrDefault(Arrays.asList(key), List.of());
    }
  }

  private final Ticker ticker;
  private final Modes modes;
  private final Map<CompiledRule, Lines> lines = new HashMap<>();
  private final Map<CompiledRule, RuleTable> tables = new HashMap<>();
  private final Map<Integer, List<RuleTable>> components = new HashMap<>();
  private final Scans scans;

  RuleEngine(Ticker ticker, Modes modes) {
    this.ticker = ticker;
    this.modes = modes;
    this.scans = new Scans(ticker);
  }

  Ticker ticker() {
    return ticker;
  }

  Scans scans() {
    return scans;
  }

  RuleTable table(CompiledRule rule) {
    RuleTable known = tables.get(rule);
    if (known == null) {
      known = new RuleTable(rule, ticker);
      tables.put(rule, known);
      components.computeIfAbsent(rule.component(), _ -> new ArrayList<>()).add(known);
    }
    return known;
  }

  /// The rows of the call's variables that hold for these values of the bound positions. `solving`
  /// is the component that is being solved: a call into it gets what is known by now.
  Relation rows(Step.Invoke call, BitSet bound, List<Object[]> keys, int solving) {
    var distinct = new Relation.Distinct(call.matcher().variables());
    boolean isFromOutside = call.rule().component() != solving;
    if (isFromOutside && keys.size() <= LINES_MAX) {
      Optional<Lines> found = lines(call.rule(), bound, keys);
      if (found.isPresent()) {
        keys.forEach(key -> found.get().rows(key).forEach(row -> add(call, row, distinct)));
        return distinct.build();
      }
    }
    RuleTable table = table(call.rule());
    table.ask(bound, keys);
    if (isFromOutside) {
      solve(call.rule().component());
    }
    for (Object[] key : keys) {
      table.find(bound, key, row -> add(call, row, distinct));
      ticker.rows(distinct.size());
    }
    return distinct.build();
  }

  /// What the rule gives for these keys, found in the linear way, if it is of the form for that and
  /// has not been asked for other positions or for too many keys.
  private Optional<Lines> lines(CompiledRule rule, BitSet bound, List<Object[]> keys) {
    Lines known = lines.get(rule);
    if (known == null) {
      known =
          RightLinear.of(rule, bound, modes)
              .filter(_ -> !table(rule).isAsked())
              .map(plan -> new Lines((BitSet) bound.clone(), plan, new LinkedHashMap<>()))
              .orElse(null);
    }
    if (known == null || !known.bound.equals(bound)) {
      return Optional.empty();
    }
    lines.put(rule, known);
    var asked = new LinkedHashSet<>(known.rowsByKey.keySet());
    keys.forEach(key -> asked.add(Arrays.asList(key)));
    if (asked.size() > LINES_MAX) {
      return Optional.empty();
    }
    for (Object[] key : keys) {
      if (!known.rowsByKey.containsKey(Arrays.asList(key))) {
        known.rowsByKey.put(Arrays.asList(key), known.plan.rows(key, this));
      }
    }
    return Optional.of(known);
  }

  private void add(Step.Invoke call, Object[] row, Relation.Distinct distinct) {
    ticker.tick();
    Object[] matched = call.matcher().match(row);
    if (matched != null) {
      distinct.add(matched);
    }
  }

  private void solve(int component) {
    List<RuleTable> members = components.getOrDefault(component, List.of());
    while (members.stream().anyMatch(RuleEngine::hasWork)) {
      round(new ArrayList<>(members));
    }
  }

  private static boolean hasWork(RuleTable table) {
    return table.done() < table.size()
        || table.demands().stream().anyMatch(demand -> demand.done < demand.keys.size());
  }

  /// What is new in one round: the part of each table's rows, and of each demand's keys.
  private record News(
      Map<RuleTable, List<Object[]>> rows, Map<RuleTable.Demand, Integer> doneBefore) {}

  private void round(List<RuleTable> members) {
    var news = new News(new HashMap<>(), new HashMap<>());
    var demands = new HashMap<RuleTable, List<RuleTable.Demand>>();
    for (RuleTable table : members) {
      news.rows.put(table, table.rows(table.done(), table.size()));
      table.done(table.size());
      demands.put(table, table.demands());
      for (RuleTable.Demand demand : table.demands()) {
        news.doneBefore.put(demand, demand.done);
        demand.done = demand.keys.size();
      }
    }
    for (RuleTable table : members) {
      for (RuleTable.Demand demand : demands.getOrDefault(table, List.of())) {
        int before = news.doneBefore.getOrDefault(demand, 0);
        for (CompiledRule.Branch branch : table.rule().branches()) {
          run(table, branch, demand, demand.keys(before, demand.done), null, List.of());
          runNews(table, branch, demand, demand.keys(0, before), news);
        }
      }
    }
  }

  private void runNews(
      RuleTable table,
      CompiledRule.Branch branch,
      RuleTable.Demand demand,
      List<Object[]> keys,
      News news) {
    for (Step.Invoke call : branch.calls()) {
      RuleTable called = tables.get(call.rule());
      List<Object[]> rows = called == null ? List.of() : news.rows.getOrDefault(called, List.of());
      if (call.rule().component() == table.rule().component() && !rows.isEmpty()) {
        run(table, branch, demand, keys, call, rows);
      }
    }
  }

  /// Runs a branch for some keys; where `call` is given, with only these rows of it.
  private void run(
      RuleTable table,
      CompiledRule.Branch branch,
      RuleTable.Demand demand,
      List<Object[]> keys,
      Step.@Nullable Invoke call,
      List<Object[]> callRows) {
    if (keys.isEmpty()) {
      return;
    }
    List<Relation> given = new ArrayList<>();
    if (demand.positions.length > 0) {
      List<Term.Variable> bound =
          IntStream.of(demand.positions).mapToObj(branch.head()::get).toList();
      given.add(new Relation(bound, keys));
    }
    List<Step> steps = new ArrayList<>(branch.steps());
    if (call != null) {
      steps.removeIf(call::equals);
      var distinct = new Relation.Distinct(call.matcher().variables());
      callRows.forEach(row -> add(call, row, distinct));
      given.add(distinct.build());
    }
    Relation found =
        new Execution(steps, given, branch.head(), this, table.rule().component()).run();
    found.rows().forEach(table::add);
  }
}
