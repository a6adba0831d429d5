/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query;

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
import page.bits.db.Datom;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// The slow, obvious evaluator that queries are checked against: every pattern is matched with
/// every datom, in the order of writing; then expressions, then predicates and `not`.
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

  private static final int ROWS_MAX = 3_000;

  private final List<Datom> datoms;
  private final Map<Keyword, Long> idents;

  ReferenceQuery(List<Datom> datoms, Map<Keyword, Long> idents) {
    this.datoms = datoms;
    this.idents = idents;
  }

  /// The different rows over `find`, from the rows that the inputs give.
  Set<List<Object>> rows(List<Symbol> find, List<?> where, List<Map<Symbol, Object>> given) {
    Set<Symbol> bound = new HashSet<>();
    given.forEach(row -> bound.addAll(row.keySet()));
    List<Map<Symbol, Object>> solved = solve(where, given, bound);
    for (Object clause : where) {
      bound.addAll(isPattern(clause) || isExpression(clause) ? variables(clause) : Set.of());
    }
    if (!bound.containsAll(find)) {
      throw new Unbound();
    }
    var rows = new LinkedHashSet<List<Object>>();
    for (Map<Symbol, Object> row : solved) {
      rows.add(find.stream().<Object>map(row::get).toList());
    }
    return rows;
  }

  private List<Map<Symbol, Object>> solve(
      List<?> clauses, List<Map<Symbol, Object>> given, Set<Symbol> boundBefore) {
    List<Map<Symbol, Object>> rows = given;
    Set<Symbol> bound = new HashSet<>(boundBefore);
    for (Object clause : clauses) {
      if (isPattern(clause)) {
        rows = pattern((List<?>) clause, rows);
        bound.addAll(variables(clause));
      }
    }
    List<Object> waiting = new ArrayList<>(clauses.stream().filter(c -> isExpression(c)).toList());
    while (!waiting.isEmpty()) {
      Object ready =
          waiting.stream()
              .filter(clause -> bound.containsAll(variables(((List<?>) clause).getFirst())))
              .findFirst()
              .orElseThrow(Unbound::new);
      waiting.remove(ready);
      rows = expression((List<?>) ready, rows);
      bound.addAll(variables(ready));
    }
    for (Object clause : clauses) {
      if (isPredicate(clause)) {
        rows = predicate((List<?>) clause, rows, bound);
      } else if (isNot(clause)) {
        rows = not((List<?>) clause, rows, bound);
      }
    }
    return rows;
  }

  private static boolean isNot(@Nullable Object clause) {
    return clause instanceof List<?> list
        && list.getFirst() instanceof Symbol symbol
        && symbol.name().startsWith("not");
  }

  private static boolean isCall(@Nullable Object clause) {
    return clause instanceof List<?> list && list.getFirst() instanceof List<?>;
  }

  private static boolean isPredicate(@Nullable Object clause) {
    return isCall(clause) && ((List<?>) Objects.requireNonNull(clause)).size() == 1;
  }

  private static boolean isExpression(@Nullable Object clause) {
    return isCall(clause) && ((List<?>) Objects.requireNonNull(clause)).size() == 2;
  }

  private static boolean isPattern(@Nullable Object clause) {
    return !isCall(clause) && !isNot(clause);
  }

  private static boolean isVariable(@Nullable Object form) {
    return form instanceof Symbol symbol && symbol.name().startsWith("?");
  }

  private static Set<Symbol> variables(@Nullable Object form) {
    var found = new HashSet<Symbol>();
    if (isNot(form) && form instanceof List<?> list && list.get(0).toString().equals("not-join")) {
      found.addAll(variables(list.get(1)));
    } else if (isVariable(form)) {
      found.add((Symbol) Objects.requireNonNull(form));
    } else if (form instanceof List<?> list) {
      list.forEach(element -> found.addAll(variables(element)));
    }
    return found;
  }

  private List<Map<Symbol, Object>> pattern(List<?> pattern, List<Map<Symbol, Object>> rows) {
    var found = new ArrayList<Map<Symbol, Object>>();
    Object attribute = pattern.get(1);
    List<Datom> candidates =
        attribute instanceof Keyword ident
            ? datoms.stream()
                .filter(datom -> Long.valueOf(datom.a()).equals(idents.get(ident)))
                .toList()
            : datoms;
    for (Map<Symbol, Object> row : rows) {
      if (found.size() > ROWS_MAX) {
        throw new TooMany();
      }
      for (Datom datom : candidates) {
        List<Object> facts = List.of(datom.e(), datom.a(), datom.v(), datom.tx(), datom.added());
        Map<Symbol, Object> extended = unify(pattern, facts, row);
        if (extended != null) {
          found.add(extended);
        }
      }
    }
    return found;
  }

  private @Nullable Map<Symbol, Object> unify(
      List<?> pattern, List<Object> facts, Map<Symbol, Object> row) {
    var extended = new HashMap<>(row);
    for (int i = 0; i < pattern.size(); i++) {
      Object term = pattern.get(i);
      if (isVariable(term)) {
        Object known = extended.putIfAbsent((Symbol) Objects.requireNonNull(term), facts.get(i));
        if (known != null && !known.equals(facts.get(i))) {
          return null;
        }
      } else if (!(term instanceof Symbol) && !facts.get(i).equals(constant(term, i))) {
        return null;
      }
    }
    return extended;
  }

  private @Nullable Object constant(@Nullable Object term, int position) {
    return position == 1 && term instanceof Keyword ident ? idents.get(ident) : term;
  }

  private static List<Map<Symbol, Object>> expression(
      List<?> clause, List<Map<Symbol, Object>> rows) {
    var found = new ArrayList<Map<Symbol, Object>>();
    for (Map<Symbol, Object> row : rows) {
      Object result = call((List<?>) Objects.requireNonNull(clause.getFirst()), row);
      boolean isEach = clause.get(1) instanceof List<?>;
      Symbol variable =
          (Symbol)
              Objects.requireNonNull(isEach ? ((List<?>) clause.get(1)).getFirst() : clause.get(1));
      for (Object value : isEach ? (Collection<?>) result : List.of(result)) {
        var extended = new HashMap<>(row);
        Object known = extended.putIfAbsent(variable, Objects.requireNonNull(value));
        if (known == null || known.equals(value)) {
          found.add(extended);
        }
      }
    }
    return found;
  }

  private static List<Map<Symbol, Object>> predicate(
      List<?> clause, List<Map<Symbol, Object>> rows, Set<Symbol> bound) {
    if (!bound.containsAll(variables(clause))) {
      throw new Unbound();
    }
    List<?> call = (List<?>) Objects.requireNonNull(clause.getFirst());
    return rows.stream().filter(row -> Boolean.TRUE.equals(call(call, row))).toList();
  }

  private static Object call(List<?> call, Map<Symbol, Object> row) {
    List<Object> x =
        call.subList(1, call.size()).stream()
            .<Object>map(term -> isVariable(term) ? row.get(term) : term)
            .toList();
    return switch (String.valueOf(call.getFirst())) {
      case "=" -> x.get(0).equals(x.get(1));
      case "!=" -> !x.get(0).equals(x.get(1));
      case "<" -> (Long) x.get(0) < (Long) x.get(1);
      case "<=" -> (Long) x.get(0) <= (Long) x.get(1);
      case ">" -> (Long) x.get(0) > (Long) x.get(1);
      case ">=" -> (Long) x.get(0) >= (Long) x.get(1);
      case "+" -> (Long) x.get(0) + (Long) x.get(1);
      case "str" -> x.get(0) + "" + x.get(1);
      case "ground" -> x.get(0);
      default -> throw new IllegalArgumentException(call.toString());
    };
  }

  private List<Map<Symbol, Object>> not(
      List<?> clause, List<Map<Symbol, Object>> rows, Set<Symbol> bound) {
    boolean isJoin = clause.getFirst().toString().equals("not-join");
    List<?> body = clause.subList(isJoin ? 2 : 1, clause.size());
    Set<Symbol> joins = variables(isJoin ? clause.get(1) : body);
    if (isJoin && !bound.containsAll(joins)) {
      throw new Unbound();
    }
    joins.retainAll(bound);
    if (joins.isEmpty()) {
      throw new Unbound();
    }
    solve(body, List.of(), joins); // finds unbound variables even when no row is left
    return rows.stream()
        .filter(
            row -> {
              var outer = new HashMap<>(row);
              outer.keySet().retainAll(joins);
              return solve(body, List.of(outer), joins).isEmpty();
            })
        .toList();
  }
}
