/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.parse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;

/// Reads clauses that are made of clauses: `not`, `not-join`, `or`, `or-join`.
final class BlockParser {
  private BlockParser() {}

  static Clause not(List<?> form, List<?> body, Place place) {
    List<Clause> clauses = ClauseParser.parseAll(nonEmpty(form, body), place);
    return new Clause.Not(form, /* isListed= */ false, variables(clauses), clauses);
  }

  static Clause notJoin(List<?> form, List<?> rest, Place place) {
    if (rest.isEmpty()) {
      throw QueryErrors.invalid("(not-join [?v …] clause …)", form);
    }
    Set<Term.Variable> joins =
        listed(Forms.list(rest.getFirst(), "the variables of not-join"), place.scope());
    if (joins.isEmpty()) {
      throw QueryErrors.notWithoutJoin(form);
    }
    List<?> body = nonEmpty(form, rest.subList(1, rest.size()));
    List<Clause> clauses = ClauseParser.parseAll(body, place.in(place.scope().inner(joins)));
    if (!variables(clauses).containsAll(joins)) {
      throw QueryErrors.invalid("variables of not-join that stand in its clauses", form);
    }
    return new Clause.Not(form, /* isListed= */ true, joins, clauses);
  }

  static Clause or(List<?> form, List<?> rest, Place place) {
    var branches = new ArrayList<List<Clause>>();
    for (Object branch : nonEmpty(form, rest)) {
      branches.add(branch(branch, place));
    }
    Set<Term.Variable> joins = variables(branches.getFirst());
    for (List<Clause> branch : branches) {
      if (!variables(branch).equals(joins)) {
        throw QueryErrors.branchesDiffer(joins, variables(branch), form);
      }
    }
    return new Clause.Or(form, /* isListed= */ false, Set.of(), joins, branches);
  }

  static Clause orJoin(List<?> form, List<?> rest, Place place) {
    if (rest.isEmpty()) {
      throw QueryErrors.invalid("(or-join [?v …] clause …)", form);
    }
    List<?> names = Forms.list(rest.getFirst(), "the variables of or-join");
    boolean hasRequired = !names.isEmpty() && names.getFirst() instanceof List<?>;
    Set<Term.Variable> required =
        hasRequired ? listed((List<?>) names.getFirst(), place.scope()) : Set.of();
    Set<Term.Variable> joins = new LinkedHashSet<>(required);
    joins.addAll(listed(hasRequired ? names.subList(1, names.size()) : names, place.scope()));
    if (joins.isEmpty()) {
      throw QueryErrors.invalid("(or-join [?v …] clause …)", form);
    }
    var branches = new ArrayList<List<Clause>>();
    for (Object branch : nonEmpty(form, rest.subList(1, rest.size()))) {
      List<Clause> clauses = branch(branch, place.in(place.scope().inner(joins)));
      if (!variables(clauses).containsAll(joins)) {
        throw QueryErrors.branchesDiffer(joins, variables(clauses), form);
      }
      branches.add(clauses);
    }
    return new Clause.Or(form, /* isListed= */ true, required, joins, branches);
  }

  private static List<Clause> branch(@Nullable Object form, Place place) {
    return ClauseParser.parse(form, place);
  }

  private static Set<Term.Variable> listed(List<?> names, Scope scope) {
    var variables = new LinkedHashSet<Term.Variable>();
    for (Object name : names) {
      variables.add(scope.variable(name, "in the list of a join"));
    }
    return variables;
  }

  /// The variables that the clauses show to those around them.
  private static Set<Term.Variable> variables(List<Clause> clauses) {
    var variables = new LinkedHashSet<Term.Variable>();
    clauses.forEach(clause -> variables.addAll(clause.variables()));
    return variables;
  }

  static List<?> nonEmpty(List<?> form, List<?> body) {
    if (body.isEmpty()) {
      throw QueryErrors.invalid("at least one clause inside", form);
    }
    return body;
  }
}
