/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Symbol;

/// What the forms of queries are, for the reference evaluator: it reads them as they were written.
final class ReferenceForms {
  private ReferenceForms() {}

  static boolean isVariable(@Nullable Object form) {
    return form instanceof Symbol symbol && symbol.name().startsWith("?");
  }

  static boolean isSource(@Nullable Object form) {
    return form instanceof Symbol symbol && symbol.name().startsWith("$");
  }

  static boolean isBlank(@Nullable Object form) {
    return form instanceof Symbol symbol && symbol.name().equals("_");
  }

  /// The clause without a source before it.
  static List<?> bare(Object clause) {
    List<?> list = (List<?>) clause;
    return isSource(list.getFirst()) ? list.subList(1, list.size()) : list;
  }

  /// The source that the clause names, else the one around it.
  static Symbol source(Object clause, Symbol around) {
    Object first = ((List<?>) clause).getFirst();
    return isSource(first) ? (Symbol) Objects.requireNonNull(first) : around;
  }

  /// The name that the clause begins with; empty for patterns and calls.
  static String name(Object clause) {
    return bare(clause).getFirst() instanceof Symbol symbol
            && !isVariable(symbol)
            && !isBlank(symbol)
        ? symbol.name()
        : "";
  }

  static boolean isCall(Object clause) {
    return bare(clause).getFirst() instanceof List<?>;
  }

  static boolean isPredicate(Object clause) {
    return isCall(clause) && bare(clause).size() == 1;
  }

  static boolean isExpression(Object clause) {
    return isCall(clause) && bare(clause).size() == 2;
  }

  static boolean isNot(Object clause) {
    return name(clause).startsWith("not");
  }

  static boolean isOr(Object clause) {
    return name(clause).equals("or") || name(clause).equals("or-join");
  }

  static boolean isRule(Object clause) {
    return !name(clause).isEmpty() && !isNot(clause) && !isOr(clause);
  }

  static boolean isPattern(Object clause) {
    return !isCall(clause) && name(clause).isEmpty();
  }

  static boolean isJoin(Object clause) {
    return name(clause).endsWith("-join");
  }

  /// The clauses inside a `not`, or the branches of an `or`.
  static List<Object> inside(Object clause) {
    List<?> bare = bare(clause);
    return new ArrayList<>(bare.subList(isJoin(clause) ? 2 : 1, bare.size()));
  }

  /// The clauses of a branch: those of an `and`, or itself.
  static List<Object> branch(Object form) {
    return name(form).equals("and") ? inside(form) : List.of(form);
  }

  /// The variables that a clause shows to those around it.
  static Set<Symbol> variables(@Nullable Object form) {
    var found = new LinkedHashSet<Symbol>();
    if (form instanceof List<?> list && !list.isEmpty() && isJoinForm(list)) {
      found.addAll(variables(bare(list).get(1)));
    } else if (isVariable(form)) {
      found.add((Symbol) Objects.requireNonNull(form));
    } else if (form instanceof List<?> list && !isNested(list)) {
      list.forEach(element -> found.addAll(variables(element)));
    }
    return found;
  }

  private static boolean isJoinForm(List<?> list) {
    List<?> bare = isSource(list.getFirst()) ? list.subList(1, list.size()) : list;
    return bare.getFirst() instanceof Symbol symbol && symbol.name().endsWith("-join");
  }

  /// A query in a query has its own variables.
  private static boolean isNested(List<?> list) {
    return !list.isEmpty() && String.valueOf(list.getFirst()).equals(":find");
  }

  /// The variables of an `or` or `not` that are joined with what is around.
  static Set<Symbol> joins(Object clause) {
    if (isJoin(clause)) {
      return variables(bare(clause).get(1));
    }
    var joins = new HashSet<Symbol>();
    inside(clause).forEach(inner -> joins.addAll(variables(inner)));
    return joins;
  }
}
