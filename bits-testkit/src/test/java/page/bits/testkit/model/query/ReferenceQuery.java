/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// The slow, obvious evaluator that queries are checked against: every pattern is matched with
/// every row of its source, in the order of writing; then expressions, `or` and rules as soon as
/// what they need is bound; then predicates and `not`. Rules are computed again and again until
/// nothing new comes out.
///
/// It reads forms directly and shares no code with the engine.
final class ReferenceQuery {
  /// A variable that has to be bound is not.
  static final class Unbound extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// The query is too much for this evaluator.
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// The rows of each source (datoms as `[e a v tx added]`), the idents, and the rules.
  record World(
      Map<Symbol, List<List<Object>>> sources,
      Map<Keyword, Long> idents,
      List<List<Object>> rules) {
    List<List<Object>> rows(Symbol source) {
      return Objects.requireNonNull(sources.get(source), source.name());
    }
  }

  private static final Symbol DEFAULT = Symbol.of("$");
  private static final int ROWS_MAX = 1_000;
  private static final int ROUNDS_MAX = 60;

  private final World world;
  private final ReferenceRules rules;

  ReferenceQuery(World world) {
    this.world = world;
    this.rules = new ReferenceRules(this, world);
  }

  World world() {
    return world;
  }

  /// The different rows over `find`, from the rows that the inputs give.
  Set<List<Object>> rows(List<Symbol> find, List<?> where, List<Map<Symbol, Object>> given) {
    Set<Symbol> bound = new HashSet<>();
    given.forEach(row -> bound.addAll(row.keySet()));
    if (!solve(where, List.of(), bound, DEFAULT).bound().containsAll(find)) {
      throw new Unbound();
    }
    var rows = new LinkedHashSet<List<Object>>();
    for (Map<Symbol, Object> row : solveToTheEnd(where, given, bound, DEFAULT)) {
      rows.add(find.stream().<Object>map(row::get).toList());
    }
    return rows;
  }

  /// The rows, with every rule that is called known completely.
  private List<Map<Symbol, Object>> solveToTheEnd(
      List<?> clauses, List<Map<Symbol, Object>> given, Set<Symbol> bound, Symbol source) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      rules.beginRound();
      List<Map<Symbol, Object>> rows = solve(clauses, given, bound, source).rows();
      if (!rules.hasFoundMore()) {
        return rows;
      }
    }
    throw new TooMany();
  }

  /// The rows that hold, and the variables that are bound in them.
  record Solved(List<Map<Symbol, Object>> rows, Set<Symbol> bound) {}

  /// With no rows, this still finds out what is bound, and throws [Unbound].
  Solved solve(
      List<?> clauses, List<Map<Symbol, Object>> given, Set<Symbol> boundBefore, Symbol source) {
    List<Map<Symbol, Object>> rows = given;
    Set<Symbol> bound = new HashSet<>(boundBefore);
    List<Object> waiting = new ArrayList<>();
    clauses.forEach(clause -> waiting.addAll(ReferenceForms.branch(clause)));
    while (!waiting.isEmpty()) {
      Object clause = next(waiting, bound, source);
      waiting.remove(clause);
      rows = run(clause, rows, bound, source);
      if (!ReferenceForms.isNot(clause)) {
        bound.addAll(ReferenceForms.variables(clause));
      }
      if (rows.size() > ROWS_MAX) {
        throw new TooMany();
      }
    }
    return new Solved(rows, bound);
  }

  private Object next(List<Object> waiting, Set<Symbol> bound, Symbol source) {
    for (Object clause : waiting) {
      if (ReferenceForms.isPattern(clause)) {
        return clause;
      }
    }
    for (Object clause : waiting) {
      if (ReferenceForms.isPredicate(clause)
          && bound.containsAll(ReferenceForms.variables(clause))) {
        return clause; // at once, since a predicate may end a recursion
      }
    }
    for (Object clause : waiting) {
      if (isReady(clause, bound, source)) {
        return clause;
      }
    }
    for (Object clause : waiting) {
      if (ReferenceForms.isPredicate(clause) || ReferenceForms.isNot(clause)) {
        return clause;
      }
    }
    throw new Unbound();
  }

  private boolean isReady(Object clause, Set<Symbol> bound, Symbol source) {
    if (ReferenceForms.isExpression(clause)) {
      return bound.containsAll(ReferenceForms.variables(ReferenceForms.bare(clause).getFirst()));
    }
    if (ReferenceForms.isOr(clause)) {
      return isOrReady(clause, bound, source);
    }
    return ReferenceForms.isRule(clause) && rules.isReady(clause, bound, source);
  }

  private boolean isOrReady(Object clause, Set<Symbol> bound, Symbol source) {
    Set<Symbol> joins = ReferenceForms.joins(clause);
    Set<Symbol> inside = new HashSet<>(joins);
    inside.retainAll(bound);
    return ReferenceForms.inside(clause).stream()
        .allMatch(
            branch ->
                binds(
                    ReferenceForms.branch(branch),
                    inside,
                    joins,
                    ReferenceForms.source(clause, source)));
  }

  /// Whether the clauses bind all of `wanted` when `given` are bound.
  boolean binds(List<?> clauses, Set<Symbol> given, Set<Symbol> wanted, Symbol source) {
    try {
      return solve(clauses, List.of(), given, source).bound().containsAll(wanted);
    } catch (Unbound unbound) {
      return false;
    }
  }

  private List<Map<Symbol, Object>> run(
      Object clause, List<Map<Symbol, Object>> rows, Set<Symbol> bound, Symbol around) {
    Symbol source = ReferenceForms.source(clause, around);
    List<?> bare = ReferenceForms.bare(clause);
    if (ReferenceForms.isPattern(clause)) {
      return pattern(bare, rows, world.rows(source));
    }
    if (ReferenceForms.isExpression(clause)) {
      return expression(bare, rows);
    }
    if (ReferenceForms.isPredicate(clause)) {
      return predicate(bare, rows, bound);
    }
    if (ReferenceForms.isNot(clause)) {
      return not(clause, rows, bound, source);
    }
    return ReferenceForms.isOr(clause)
        ? or(clause, rows, bound, source)
        : rules.call(bare, rows, source);
  }

  private List<Map<Symbol, Object>> pattern(
      List<?> pattern, List<Map<Symbol, Object>> rows, List<List<Object>> facts) {
    Object attribute = pattern.size() > 1 ? constant(pattern.get(1)) : null;
    List<List<Object>> candidates =
        attribute instanceof Long a && pattern.get(1) instanceof Keyword
            ? facts.stream().filter(fact -> a.equals(fact.get(1))).toList()
            : facts;
    var found = new ArrayList<Map<Symbol, Object>>();
    for (Map<Symbol, Object> row : rows) {
      for (List<Object> fact : candidates) {
        Map<Symbol, Object> extended = unify(pattern, fact, row);
        if (extended != null) {
          found.add(extended);
        }
      }
      if (found.size() > ROWS_MAX) {
        throw new TooMany();
      }
    }
    return found;
  }

  /// The row with what the terms find in the fact; null when they do not fit.
  @Nullable Map<Symbol, Object> unify(List<?> terms, List<Object> fact, Map<Symbol, Object> row) {
    var extended = new HashMap<>(row);
    for (int i = 0; i < terms.size(); i++) {
      Object term = terms.get(i);
      if (ReferenceForms.isVariable(term)) {
        Object known = extended.putIfAbsent((Symbol) Objects.requireNonNull(term), fact.get(i));
        if (known != null && !known.equals(fact.get(i))) {
          return null;
        }
      } else if (!ReferenceForms.isBlank(term) && !fact.get(i).equals(constant(term))) {
        return null;
      }
    }
    return extended;
  }

  private @Nullable Object constant(@Nullable Object term) {
    return term instanceof Keyword ident ? world.idents().get(ident) : term;
  }

  private List<Map<Symbol, Object>> expression(List<?> clause, List<Map<Symbol, Object>> rows) {
    var found = new ArrayList<Map<Symbol, Object>>();
    for (Map<Symbol, Object> row : rows) {
      Object result =
          ReferenceFunctions.call(this, (List<?>) Objects.requireNonNull(clause.getFirst()), row);
      if (result != null) {
        found.addAll(bind(clause.get(1), result, row));
      }
    }
    return found;
  }

  private List<Map<Symbol, Object>> bind(
      @Nullable Object binding, Object value, Map<Symbol, Object> row) {
    if (!(binding instanceof List<?> list)) {
      Map<Symbol, Object> extended =
          unify(List.of(Objects.requireNonNull(binding)), List.of(value), row);
      return extended == null ? List.of() : List.of(extended);
    }
    List<Map<Symbol, Object>> found = new ArrayList<>();
    if (String.valueOf(list.getLast()).equals("...")) {
      ((Collection<?>) value)
          .forEach(
              element -> found.addAll(bind(list.getFirst(), Objects.requireNonNull(element), row)));
      return found;
    }
    Map<Symbol, Object> extended = unify(list, List.copyOf((List<?>) value), row);
    return extended == null ? List.of() : List.of(extended);
  }

  private List<Map<Symbol, Object>> predicate(
      List<?> clause, List<Map<Symbol, Object>> rows, Set<Symbol> bound) {
    if (!bound.containsAll(ReferenceForms.variables(clause))) {
      throw new Unbound();
    }
    List<?> call = (List<?>) Objects.requireNonNull(clause.getFirst());
    return rows.stream()
        .filter(row -> Boolean.TRUE.equals(ReferenceFunctions.call(this, call, row)))
        .toList();
  }

  private List<Map<Symbol, Object>> not(
      Object clause, List<Map<Symbol, Object>> rows, Set<Symbol> bound, Symbol source) {
    List<Object> body = ReferenceForms.inside(clause);
    Set<Symbol> joins = new HashSet<>(ReferenceForms.joins(clause));
    if (ReferenceForms.isJoin(clause) && !bound.containsAll(joins)) {
      throw new Unbound();
    }
    joins.retainAll(bound);
    if (joins.isEmpty()) {
      throw new Unbound();
    }
    solve(body, List.of(), joins, source); // finds unbound variables even when no row is left
    return rows.stream()
        .filter(
            row ->
                new ReferenceQuery(world)
                    .solveToTheEnd(body, List.of(only(row, joins)), joins, source)
                    .isEmpty())
        .toList();
  }

  private List<Map<Symbol, Object>> or(
      Object clause, List<Map<Symbol, Object>> rows, Set<Symbol> bound, Symbol source) {
    Set<Symbol> joins = ReferenceForms.joins(clause);
    Set<Symbol> inside = new HashSet<>(joins);
    inside.retainAll(bound);
    var found = new LinkedHashSet<Map<Symbol, Object>>();
    for (Object branch : ReferenceForms.inside(clause)) {
      List<Object> clauses = ReferenceForms.branch(branch);
      solve(clauses, List.of(), inside, source);
      for (Map<Symbol, Object> row : rows) {
        for (Map<Symbol, Object> held :
            solve(clauses, List.of(only(row, inside)), inside, source).rows()) {
          var extended = new HashMap<>(row);
          extended.putAll(only(held, joins));
          found.add(extended);
        }
      }
    }
    return new ArrayList<>(found);
  }

  private static Map<Symbol, Object> only(Map<Symbol, Object> row, Set<Symbol> variables) {
    var part = new HashMap<>(row);
    part.keySet().retainAll(variables);
    return part;
  }
}
