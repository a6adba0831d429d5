/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.query.algebra.Call;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.function.Functions;
import page.bits.edn.Symbol;

/// Reads the clauses of a `:where`. Which kind a clause is follows from its first element, so that
/// forms built in Java need no lists in parentheses.
public final class ClauseParser {
  private static final int POSITIONS_MAX = 5;

  private ClauseParser() {}

  public static List<Clause> parseAll(List<?> forms, String source) {
    var clauses = new ArrayList<Clause>();
    for (Object form : forms) {
      clauses.add(parse(form, source));
    }
    return clauses;
  }

  private static Clause parse(@Nullable Object form, String source) {
    List<?> list = Forms.list(form, "a clause");
    if (list.isEmpty()) {
      throw QueryErrors.invalid("a clause", form);
    }
    boolean hasSource = Forms.isSource(list.getFirst());
    String own = hasSource ? String.valueOf(list.getFirst()) : source;
    List<?> rest = hasSource ? list.subList(1, list.size()) : list;
    if (rest.isEmpty()) {
      throw QueryErrors.invalid("a clause", form);
    }
    if (Forms.isPlain(rest.getFirst())) {
      return named(list, (Symbol) rest.getFirst(), rest, own);
    }
    if (!hasSource && rest.getFirst() instanceof List<?> call && isCall(call)) {
      return call(list, call);
    }
    return pattern(list, rest, own);
  }

  private static boolean isCall(List<?> form) {
    return !form.isEmpty()
        && form.getFirst() instanceof Symbol
        && !Forms.isVariable(form.getFirst());
  }

  private static Clause named(List<?> form, Symbol name, List<?> rest, String source) {
    List<?> body = rest.subList(1, rest.size());
    return switch (name.toString()) {
      case "not" -> not(form, body, source);
      case "not-join" -> notJoin(form, body, source);
      case "or", "or-join", "and" -> throw QueryErrors.unsupported(name.toString(), form);
      default -> throw QueryErrors.unsupported("rules", form);
    };
  }

  private static Clause not(List<?> form, List<?> body, String source) {
    List<Clause> clauses = parseAll(nonEmpty(form, body), source);
    var variables = new LinkedHashSet<Term.Variable>();
    clauses.forEach(clause -> variables.addAll(clause.variables()));
    return new Clause.Not(form, /* isListed= */ false, variables, clauses);
  }

  private static Clause notJoin(List<?> form, List<?> body, String source) {
    if (body.isEmpty()) {
      throw QueryErrors.invalid("(not-join [?v …] clause …)", form);
    }
    Set<Term.Variable> joins = new LinkedHashSet<>();
    for (Object name : Forms.list(body.getFirst(), "the variables of not-join")) {
      joins.add(Forms.variable(name, "in not-join"));
    }
    List<Clause> clauses = parseAll(nonEmpty(form, body.subList(1, body.size())), source);
    var inner = new LinkedHashSet<Term.Variable>();
    clauses.forEach(clause -> inner.addAll(clause.variables()));
    if (joins.isEmpty()) {
      throw QueryErrors.notWithoutJoin(form);
    }
    if (!inner.containsAll(joins)) {
      throw QueryErrors.invalid("variables of not-join that stand in its clauses", form);
    }
    return new Clause.Not(form, /* isListed= */ true, joins, clauses);
  }

  private static List<?> nonEmpty(List<?> form, List<?> body) {
    if (body.isEmpty()) {
      throw QueryErrors.invalid("at least one clause inside", form);
    }
    return body;
  }

  private static Clause call(List<?> form, List<?> callForm) {
    Function function = Functions.named((Symbol) callForm.getFirst(), form);
    var arguments = new ArrayList<Term>();
    for (Object argument : callForm.subList(1, callForm.size())) {
      arguments.add(argument(argument));
    }
    if (!function.accepts(arguments.size())) {
      throw QueryErrors.wrongArity(function, arguments.size(), form);
    }
    Functions.checkSources(function, arguments, form);
    Call call = new Call(function, arguments);
    return switch (form.size()) {
      case 1 -> new Clause.Predicate(form, call);
      case 2 -> new Clause.Expression(form, call, BindingParser.parse(form.get(1)));
      default -> throw QueryErrors.invalid("[(f …)] or [(f …) binding]", form);
    };
  }

  private static Term argument(@Nullable Object form) {
    if (Forms.isVariable(form)) {
      return Forms.variable(form, "as an argument");
    }
    if (Forms.isSource(form)) {
      return new Term.Source(String.valueOf(form));
    }
    if (form instanceof Symbol) {
      throw QueryErrors.invalid("a variable, source or constant as argument", form);
    }
    return new Term.Constant(Given.normal(form));
  }

  private static Clause pattern(List<?> form, List<?> rest, String source) {
    if (rest.size() > POSITIONS_MAX && !isOnlyCollection(source)) {
      throw QueryErrors.invalid("a data pattern [e a v tx op]", form);
    }
    var terms = new ArrayList<Term>();
    for (Object element : rest) {
      terms.add(position(element, form));
    }
    return new Clause.Pattern(form, source, terms);
  }

  /// Rows of a named collection may be wider than datoms; what a source is, is known only later.
  private static boolean isOnlyCollection(String source) {
    return !source.equals(Term.Source.DEFAULT);
  }

  private static Term position(@Nullable Object element, List<?> form) {
    if (Forms.isSymbol(element, "_")) {
      return Term.Blank.BLANK;
    }
    if (Forms.isVariable(element)) {
      return Forms.variable(element, "in a pattern");
    }
    if (element == null || element instanceof Symbol) {
      throw QueryErrors.invalid("a variable, a constant or _ in a pattern", form);
    }
    if (element instanceof List<?> || element instanceof Map<?, ?>) {
      throw QueryErrors.notABindingForm(element, form);
    }
    return new Term.Constant(Given.normal(element));
  }
}
