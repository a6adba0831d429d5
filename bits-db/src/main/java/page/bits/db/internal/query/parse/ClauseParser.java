/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.edn.Symbol;

/// Reads the clauses of a `:where`. Which kind a clause is follows from its first element, so that
/// forms built in Java need no lists in parentheses.
final class ClauseParser {
  private static final int POSITIONS_MAX = 5;

  private ClauseParser() {}

  static List<Clause> parseAll(List<?> forms, Place place) {
    var clauses = new ArrayList<Clause>();
    for (Object form : forms) {
      clauses.addAll(parse(form, place));
    }
    return clauses;
  }

  /// The clauses that a form stands for: one, or those of an `and`.
  static List<Clause> parse(@Nullable Object form, Place place) {
    List<?> list = Forms.list(form, "a clause");
    boolean hasSource = !list.isEmpty() && Forms.isSource(list.getFirst());
    Place own = hasSource ? place.on(String.valueOf(list.getFirst())) : place;
    List<?> rest = hasSource ? list.subList(1, list.size()) : list;
    if (rest.isEmpty()) {
      throw QueryErrors.invalid("a clause", form);
    }
    if (Forms.isPlain(rest.getFirst())) {
      return named(list, (Symbol) rest.getFirst(), rest.subList(1, rest.size()), own);
    }
    if (!hasSource && rest.getFirst() instanceof List<?> call && CallParser.isCall(call)) {
      return List.of(CallParser.parse(list, call, place.scope()));
    }
    return List.of(pattern(list, rest, own));
  }

  private static List<Clause> named(List<?> form, Symbol name, List<?> rest, Place place) {
    return switch (name.toString()) {
      case "and" -> parseAll(BlockParser.nonEmpty(form, rest), place);
      case "not" -> List.of(BlockParser.not(form, rest, place));
      case "not-join" -> List.of(BlockParser.notJoin(form, rest, place));
      case "or" -> List.of(BlockParser.or(form, rest, place));
      case "or-join" -> List.of(BlockParser.orJoin(form, rest, place));
      default -> List.of(ruleCall(form, name.toString(), rest, place));
    };
  }

  private static Clause ruleCall(List<?> form, String name, List<?> rest, Place place) {
    var arguments = new ArrayList<Term>();
    for (Object argument : rest) {
      if (Forms.isSource(argument)) {
        throw QueryErrors.invalidRule(
            name, "the source before the name: (" + argument + " " + name + " …)", form);
      }
      arguments.add(
          argument instanceof List<?> || argument instanceof Map<?, ?>
              ? new Term.Constant(Given.normal(argument))
              : position(argument, form, place.scope()));
    }
    return new Clause.RuleCall(form, place.source(), name, arguments);
  }

  private static Clause pattern(List<?> form, List<?> rest, Place place) {
    if (rest.size() > POSITIONS_MAX && !isOnlyCollection(place.source())) {
      throw QueryErrors.invalid("a data pattern [e a v tx op]", form);
    }
    var terms = new ArrayList<Term>();
    for (Object element : rest) {
      if (element instanceof List<?> || element instanceof Map<?, ?>) {
        throw QueryErrors.notABindingForm(element, form);
      }
      terms.add(position(element, form, place.scope()));
    }
    return new Clause.Pattern(form, place.source(), terms);
  }

  /// Rows of a named collection may be wider than datoms; what a source is, is known only later.
  private static boolean isOnlyCollection(String source) {
    return !source.equals(Term.Source.DEFAULT);
  }

  private static Term position(@Nullable Object element, List<?> form, Scope scope) {
    if (Forms.isSymbol(element, "_")) {
      return Term.Blank.BLANK;
    }
    if (Forms.isVariable(element)) {
      return scope.variable(element, "in a clause");
    }
    if (element == null || element instanceof Symbol) {
      throw QueryErrors.invalid("a variable, a constant or _ in a clause", form);
    }
    return new Term.Constant(Given.normal(element));
  }
}
