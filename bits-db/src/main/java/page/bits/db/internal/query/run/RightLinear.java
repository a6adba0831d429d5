/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.parse.Modes;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.RowIndex;

/*
 * A rule such as
 *
 *   [(reach ?a ?b) [?a :next ?b]]
 *   [(reach ?a ?b) [?a :next ?x] (reach ?x ?b)]
 *
 * asked with ?a bound hands ?b through from one call to the next. Asked in the general way, every
 * entity on the way is asked for all that it reaches: on a chain the square of its length. But what
 * the first one reaches is what any of them gives by a branch that does not recurse. So: collect the
 * keys that are asked for in turn, each once, and run the other branches on all of them.
 *
 * That is so for one key; a few are solved one after the other. Many are asked for in the general way,
 * where they share what they have in common.
 *
 * Reference: J. Naughton, R. Ramakrishnan, Y. Sagiv, J. Ullman, "Argument reduction by factoring"
 * (VLDB 1989).
 */

/// How a rule is solved for one key when each of its branches calls it at most once, as the last
/// thing: with other values at the bound positions and the head's own variables at the free ones.
/// Immutable.
final class RightLinear {
  /// A branch that calls the rule again, without the call: from the bound positions of its head to
  /// those of the call.
  private record Turn(List<Step> steps, List<Term.Variable> from, List<Term.Variable> to) {}

  private record End(List<Step> steps, List<Term.Variable> bound, List<Term.Variable> free) {}

  private final CompiledRule rule;
  private final int[] bound;
  private final int[] free;
  private final List<Turn> turns = new ArrayList<>();
  private final List<End> ends = new ArrayList<>();

  private RightLinear(CompiledRule rule, BitSet positions) {
    this.rule = rule;
    this.bound = positions.stream().toArray();
    this.free = IntStream.range(0, rule.arity()).filter(i -> !positions.get(i)).toArray();
  }

  /// Empty when the rule is not of that form for these positions.
  static Optional<RightLinear> of(CompiledRule rule, BitSet positions, Modes modes) {
    var linear = new RightLinear(rule, positions);
    if (!rule.isRecursive() || linear.bound.length == 0 || linear.free.length == 0) {
      return Optional.empty();
    }
    for (CompiledRule.Branch branch : rule.branches()) {
      if (!linear.takes(branch, modes)) {
        return Optional.empty();
      }
    }
    return Optional.of(linear);
  }

  private static List<Term.Variable> at(int[] positions, List<Term.Variable> head) {
    return IntStream.of(positions).mapToObj(head::get).toList();
  }

  private boolean takes(CompiledRule.Branch branch, Modes modes) {
    List<Step.Invoke> recursive =
        branch.calls().stream()
            .filter(call -> call.rule().component() == rule.component())
            .toList();
    List<Term.Variable> given = at(bound, branch.head());
    if (new HashSet<>(branch.head()).size() < branch.head().size() || recursive.size() > 1) {
      return false;
    }
    if (recursive.isEmpty()) {
      ends.add(new End(branch.steps(), given, at(free, branch.head())));
      return true;
    }
    Step.Invoke call = recursive.getFirst();
    List<Step> others = new ArrayList<>(branch.steps());
    others.remove(call);
    List<Term> asked = IntStream.of(bound).<Term>mapToObj(call.arguments()::get).toList();
    List<Term.Variable> to = List.copyOf(Term.variables(asked));
    boolean isLinear =
        call.rule().equals(rule)
            && handsThrough(call, branch.head(), others)
            && to.size() == bound.length
            && bindsByItself(branch, call, given, modes).containsAll(to);
    turns.add(new Turn(others, given, to));
    return isLinear;
  }

  /// Whether the call has the head's own variables at the free positions, and nothing else has
  /// them.
  private boolean handsThrough(Step.Invoke call, List<Term.Variable> head, List<Step> others) {
    for (int position : free) {
      Term.Variable variable = head.get(position);
      long uses = call.arguments().stream().filter(variable::equals).count();
      if (!call.arguments().get(position).equals(variable)
          || uses > 1
          || others.stream().anyMatch(step -> step.variables().contains(variable))) {
        return false;
      }
    }
    return true;
  }

  private static Set<Term.Variable> bindsByItself(
      CompiledRule.Branch branch, Step.Invoke call, List<Term.Variable> given, Modes modes) {
    List<Clause> others = new ArrayList<>(branch.body());
    others.remove(call.clause());
    return modes.bound(others, new LinkedHashSet<>(given));
  }

  /// The rows of the rule with this key at the bound positions, some perhaps twice.
  List<Object[]> rows(Object[] key, RuleEngine engine) {
    List<Object[]> reached = reached(key, engine);
    var rows = new ArrayList<Object[]>();
    for (End end : ends) {
      for (Object[] found : run(end.steps, end.bound, reached, end.free, engine).rows()) {
        Object[] row = new Object[rule.arity()];
        for (int i = 0; i < bound.length; i++) {
          row[bound[i]] = key[i];
        }
        for (int i = 0; i < free.length; i++) {
          row[free[i]] = found[i];
        }
        rows.add(row);
        engine.ticker().rows(rows.size());
      }
    }
    return rows;
  }

  /// The keys that the rule would be asked for, each once.
  private List<Object[]> reached(Object[] key, RuleEngine engine) {
    int[] columns = IntStream.range(0, bound.length).toArray();
    var known = new RowIndex(columns);
    var reached = new ArrayList<Object[]>();
    known.add(key);
    reached.add(key);
    int done = 0;
    while (done < reached.size()) {
      List<Object[]> fresh = List.copyOf(reached.subList(done, reached.size()));
      done = reached.size();
      for (Turn turn : turns) {
        for (Object[] next : run(turn.steps, turn.from, fresh, turn.to, engine).rows()) {
          if (known.first(next, columns) < 0) {
            known.add(next);
            reached.add(next);
            engine.ticker().rows(reached.size());
          }
        }
      }
    }
    return reached;
  }

  private Relation run(
      List<Step> steps,
      List<Term.Variable> from,
      List<Object[]> keys,
      List<Term.Variable> wanted,
      RuleEngine engine) {
    List<Relation> given = List.of(new Relation(from, keys));
    return new Execution(steps, given, wanted, engine, rule.component()).run();
  }
}
