/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.query.relation.Ticker;

/// What an execution knows so far: relations that share no variable, each a factor of the result.
/// They are multiplied only when a clause needs variables of several. Confined to one thread.
final class State {
  private final Ticker ticker;
  private final List<Relation> relations = new ArrayList<>();
  private boolean isImpossible;

  State(Ticker ticker) {
    this.ticker = ticker;
  }

  List<Relation> relations() {
    return relations;
  }

  /// Whether no row can come out any more.
  boolean isImpossible() {
    return isImpossible;
  }

  /// The variables that have one possible value, with it.
  Map<Term.Variable, Object> pinned() {
    var pinned = new HashMap<Term.Variable, Object>();
    for (Relation relation : relations) {
      if (relation.size() == 1) {
        for (int i = 0; i < relation.variables().size(); i++) {
          pinned.put(relation.variables().get(i), relation.rows().getFirst()[i]);
        }
      }
    }
    return pinned;
  }

  /// All variables that are bound and still needed.
  Set<Term.Variable> variables() {
    Set<Term.Variable> variables = new LinkedHashSet<>();
    relations.forEach(relation -> variables.addAll(relation.variables()));
    return variables;
  }

  boolean binds(Set<Term.Variable> variables) {
    return variables.stream()
        .allMatch(v -> relations.stream().anyMatch(relation -> relation.column(v) >= 0));
  }

  /// How many rows the product of the relations with these variables has.
  double productSize(Set<Term.Variable> variables) {
    double size = 1;
    for (Relation relation : relations) {
      size *= relation.hasAny(variables) ? relation.size() : 1;
    }
    return size;
  }

  /// Takes out the relations with these variables, as one: their product. The one row without
  /// columns when there is none.
  Relation take(Set<Term.Variable> variables) {
    Relation taken = new Relation(List.of(), List.<Object[]>of(new Object[0]));
    for (Relation relation : removed(variables)) {
      taken = taken.join(relation, ticker);
    }
    return taken;
  }

  /// The rows over these variables, which are all bound: the product of the relations that have
  /// them. The one row without columns when there is none.
  Relation rows(Set<Term.Variable> variables) {
    Relation rows = new Relation(List.of(), List.<Object[]>of(new Object[0]));
    for (Relation relation : relations) {
      if (relation.hasAny(variables)) {
        rows = rows.join(relation.project(variables, ticker), ticker);
      }
    }
    return rows;
  }

  private List<Relation> removed(Set<Term.Variable> variables) {
    List<Relation> found =
        relations.stream().filter(relation -> relation.hasAny(variables)).toList();
    relations.removeIf(relation -> relation.hasAny(variables));
    return found;
  }

  /// Joins a relation with what is known, and keeps the variables that are still needed.
  void add(Relation added, Set<Term.Variable> needed) {
    Relation joined = added;
    for (Relation relation : removed(Set.copyOf(added.variables()))) {
      joined = joined.join(relation, ticker);
    }
    joined = joined.project(needed, ticker);
    if (joined.isEmpty()) {
      isImpossible = true;
    } else if (!joined.variables().isEmpty()) {
      relations.add(joined);
    }
  }

  /// The rows over the wanted variables: the product of what is left.
  Relation result(List<Term.Variable> wanted) {
    if (isImpossible) {
      return new Relation(wanted, List.of());
    }
    return take(Set.copyOf(wanted)).projectTo(wanted, ticker);
  }
}
