/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Symbol;

/// Rules for the reference evaluator: what each call with certain bound arguments has given so far.
/// In each round every call is computed once more from its branches; when a round finds nothing
/// new, everything is known.
final class ReferenceRules {
  /// A call; null for an argument that is not bound.
  private record Call(String rule, Symbol source, List<@Nullable Object> arguments) {}

  private record Mode(String rule, Set<Integer> bound) {}

  private final ReferenceQuery query;
  private final ReferenceQuery.World world;
  private final Map<Call, Set<List<Object>>> found = new HashMap<>();
  private final Set<Call> computed = new HashSet<>();
  private final Set<Mode> assumed = new HashSet<>();
  private boolean hasFoundMore;

  ReferenceRules(ReferenceQuery query, ReferenceQuery.World world) {
    this.query = query;
    this.world = world;
  }

  void beginRound() {
    computed.clear();
    hasFoundMore = false;
  }

  boolean hasFoundMore() {
    return hasFoundMore;
  }

  private List<List<Object>> branches(String rule) {
    return world.rules().stream()
        .filter(branch -> ((List<?>) branch.getFirst()).getFirst().equals(Symbol.of(rule)))
        .toList();
  }

  private static List<Symbol> head(List<Object> branch) {
    return new ArrayList<>(ReferenceForms.variables(branch.getFirst()));
  }

  private static int required(List<Object> branch) {
    return ((List<?>) branch.getFirst()).get(1) instanceof List<?> list ? list.size() : 0;
  }

  /// Whether the rule binds its whole head; a call of itself on the way is taken to do so.
  boolean isReady(Object clause, Set<Symbol> bound, Symbol around) {
    List<?> terms = ReferenceForms.bare(clause);
    Set<Integer> positions = new HashSet<>();
    for (int i = 1; i < terms.size(); i++) {
      Object term = terms.get(i);
      if (!ReferenceForms.isBlank(term)
          && (!ReferenceForms.isVariable(term) || bound.contains(term))) {
        positions.add(i - 1);
      }
    }
    String rule = ReferenceForms.name(clause);
    Mode mode = new Mode(rule, positions);
    if (!assumed.add(mode)) {
      return true;
    }
    try {
      Symbol source = ReferenceForms.source(clause, around);
      return branches(rule).stream().allMatch(branch -> binds(branch, positions, source));
    } finally {
      assumed.remove(mode);
    }
  }

  private boolean binds(List<Object> branch, Set<Integer> positions, Symbol source) {
    List<Symbol> head = head(branch);
    Set<Symbol> given = new HashSet<>();
    positions.forEach(i -> given.add(head.get(i)));
    for (int i = 0; i < required(branch); i++) {
      if (!positions.contains(i)) {
        return false;
      }
    }
    return query.binds(branch.subList(1, branch.size()), given, Set.copyOf(head), source);
  }

  List<Map<Symbol, Object>> call(List<?> clause, List<Map<Symbol, Object>> rows, Symbol source) {
    List<?> terms = clause.subList(1, clause.size());
    var joined = new LinkedHashSet<Map<Symbol, Object>>();
    for (Map<Symbol, Object> row : rows) {
      var arguments = new ArrayList<@Nullable Object>();
      for (Object term : terms) {
        arguments.add(
            ReferenceForms.isVariable(term)
                ? row.get(term)
                : ReferenceForms.isBlank(term) ? null : term);
      }
      for (List<Object> answer :
          answers(new Call(String.valueOf(clause.getFirst()), source, arguments))) {
        Map<Symbol, Object> extended = query.unify(terms, answer, row);
        if (extended != null) {
          joined.add(extended);
        }
      }
    }
    return new ArrayList<>(joined);
  }

  private Set<List<Object>> answers(Call call) {
    Set<List<Object>> known = found.computeIfAbsent(call, _ -> new LinkedHashSet<>());
    if (computed.add(call)) {
      for (List<Object> branch : branches(call.rule)) {
        List<Symbol> head = head(branch);
        Map<Symbol, Object> given = new HashMap<>();
        for (int i = 0; i < head.size(); i++) {
          if (call.arguments.get(i) != null) {
            given.put(head.get(i), Objects.requireNonNull(call.arguments.get(i)));
          }
        }
        List<Object> body = branch.subList(1, branch.size());
        for (Map<Symbol, Object> row :
            query.solve(body, List.of(given), given.keySet(), call.source).rows()) {
          hasFoundMore |= known.add(head.stream().<Object>map(row::get).toList());
        }
      }
    }
    return Set.copyOf(known);
  }
}
