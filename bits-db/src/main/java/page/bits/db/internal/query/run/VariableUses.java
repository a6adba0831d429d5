/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Coercion;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.ValueType;

/// What the variables of a query stand for, as far as its patterns say: an entity, or a value of a
/// type.
///
/// A variable in an entity or attribute position, or in the value position of a reference, holds
/// entity ids; an ident or lookup ref that an input or a function gives it becomes one. A variable
/// in another value position gets values of the attribute's type where that loses nothing.
public final class VariableUses {
  private sealed interface Use {
    record Entity(DatomSource source) implements Use {}

    record Value(ValueType type) implements Use {}
  }

  private final Map<Term.Variable, Use> uses = new HashMap<>();

  public VariableUses(List<Clause> clauses, Map<String, DataSource> sources) {
    collect(clauses, sources, /* visible= */ null);
  }

  private void collect(
      List<Clause> clauses, Map<String, DataSource> sources, @Nullable Set<Term.Variable> visible) {
    for (Clause clause : clauses) {
      switch (clause) {
        case Clause.Pattern pattern -> {
          if (sources.get(pattern.source()) instanceof DataSource.Database database) {
            pattern(pattern, database.datoms(), visible);
          }
        }
        case Clause.Not not -> collect(not.body(), sources, not.isListed() ? not.joins() : visible);
        case Clause.Predicate _, Clause.Expression _ -> {}
      }
    }
  }

  private void pattern(
      Clause.Pattern pattern, DatomSource source, @Nullable Set<Term.Variable> visible) {
    List<Term> terms = pattern.terms();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i) instanceof Term.Variable variable
          && (visible == null || visible.contains(variable))) {
        Use use = use(i, terms, source, pattern);
        if (use != null) {
          merge(variable, use, pattern);
        }
      }
    }
  }

  private static @Nullable Use use(
      int position, List<Term> terms, DatomSource source, Clause.Pattern pattern) {
    return switch (position) {
      case Step.ReadDatoms.E, Step.ReadDatoms.A, Step.ReadDatoms.TX -> new Use.Entity(source);
      case Step.ReadDatoms.V -> {
        if (!(terms.get(Step.ReadDatoms.A) instanceof Term.Constant constant)) {
          yield null;
        }
        Attribute attribute =
            EntityRefs.attribute(source.schema(), constant.value(), pattern.form());
        yield attribute.isRef() ? new Use.Entity(source) : new Use.Value(attribute.type());
      }
      default -> null;
    };
  }

  private void merge(Term.Variable variable, Use use, Clause.Pattern pattern) {
    Use known = uses.putIfAbsent(variable, use);
    if (known != null
        && (isIdent(known) || isIdent(use))
        && known instanceof Use.Entity != use instanceof Use.Entity) {
      throw QueryErrors.unsupported(
          "a variable that stands for a keyword here and for an entity elsewhere", pattern.form());
    }
  }

  private static boolean isIdent(Use use) {
    return use instanceof Use.Value value && value.type() == ValueType.KEYWORD;
  }

  /// The value as the patterns can find it; null when there is no such entity, so that the row
  /// matches nothing.
  @Nullable Object convert(Term.Variable variable, Object given) {
    Object value = Given.normal(given);
    return switch (uses.get(variable)) {
      case null -> value;
      case Use.Value use -> {
        Object converted = value == null ? null : Coercion.to(use.type(), value);
        yield converted == null ? value : converted;
      }
      case Use.Entity use -> entity(use.source(), variable, value);
    };
  }

  private static @Nullable Object entity(
      DatomSource source, Term.Variable variable, @Nullable Object value) {
    return value instanceof Long ? value : EntityRefs.resolve(source, value, variable.name());
  }
}
