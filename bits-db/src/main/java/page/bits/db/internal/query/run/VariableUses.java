/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Coercion;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Nil;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.ValueType;

/// What the variables of a query, or of a branch of a rule, stand for, as far as its patterns say:
/// an entity, or a value of a type.
///
/// A variable in an entity or attribute position, or in the value position of a reference, holds
/// entity ids; an ident or lookup ref that an input or a function gives it becomes one. A variable
/// in another value position gets values of the attribute's type where that loses nothing. A
/// variable that is a keyword as a value and names an entity elsewhere keeps the keyword
/// ([#isIdent(Term.Variable)]).
final class VariableUses {
  /// What a variable stands for.
  sealed interface Use {
    record Entity(DatomSource source) implements Use {}

    record Value(ValueType type) implements Use {}
  }

  private final Map<Term.Variable, DatomSource> entities = new HashMap<>();
  private final Map<Term.Variable, ValueType> values = new HashMap<>();
  private final RunSources sources;
  private final RuleUses rules;

  VariableUses(List<Clause> clauses, RunSources sources, RuleUses rules) {
    this.sources = sources;
    this.rules = rules;
    clauses.forEach(this::collect);
  }

  private void collect(Clause clause) {
    switch (clause) {
      case Clause.Pattern pattern -> {
        if (sources.byName().get(pattern.source()) instanceof DataSource.Database database) {
          pattern(pattern, database.datoms());
        }
      }
      case Clause.Not not -> not.body().forEach(this::collect);
      case Clause.Or or -> or.branches().forEach(branch -> branch.forEach(this::collect));
      case Clause.RuleCall call -> call(call);
      case Clause.Predicate _, Clause.Expression _ -> {}
    }
  }

  private void pattern(Clause.Pattern pattern, DatomSource source) {
    List<Term> terms = pattern.terms();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i) instanceof Term.Variable variable) {
        use(i, terms, source, pattern).ifPresent(use -> note(variable, use));
      }
    }
  }

  private static Optional<Use> use(
      int position, List<Term> terms, DatomSource source, Clause.Pattern pattern) {
    return switch (position) {
      case Step.ReadDatoms.E, Step.ReadDatoms.A, Step.ReadDatoms.TX ->
          Optional.of(new Use.Entity(source));
      case Step.ReadDatoms.V -> {
        if (!(terms.get(Step.ReadDatoms.A) instanceof Term.Constant constant)) {
          yield Optional.empty();
        }
        Attribute attribute =
            EntityRefs.attribute(source.schema(), constant.value(), pattern.form());
        yield Optional.of(
            attribute.isRef() ? new Use.Entity(source) : new Use.Value(attribute.type()));
      }
      default -> Optional.empty();
    };
  }

  private void call(Clause.RuleCall call) {
    DataSource source = sources.ofCall(call);
    sources
        .rules()
        .named(call.name())
        .ifPresent(
            rule -> {
              for (int i = 0; i < call.arguments().size(); i++) {
                if (call.arguments().get(i) instanceof Term.Variable variable) {
                  rules.of(rule, i, source).ifPresent(use -> note(variable, use));
                }
              }
            });
  }

  private void note(Term.Variable variable, Use use) {
    switch (use) {
      case Use.Entity entity -> entities.putIfAbsent(variable, entity.source());
      case Use.Value value -> values.putIfAbsent(variable, value.type());
    }
  }

  /// What the variable stands for; empty when no pattern says it.
  Optional<Use> use(Term.Variable variable) {
    ValueType type = values.get(variable);
    DatomSource source = entities.get(variable);
    if (source != null && type != ValueType.KEYWORD) {
      return Optional.of(new Use.Entity(source));
    }
    return Optional.ofNullable(type).map(Use.Value::new);
  }

  /// Whether the variable is a keyword in one place and an entity, which the keyword names, in
  /// another.
  boolean isIdent(Term.Variable variable) {
    return values.get(variable) == ValueType.KEYWORD && entities.containsKey(variable);
  }

  /// The value as the patterns can find it; null when there is no such entity, so that the row
  /// matches nothing.
  @Nullable Object convert(Term.Variable variable, Object given) {
    return convert(use(variable), given, variable.name());
  }

  /// As [#convert(Term.Variable, Object)], for what stands for this use; `form` is for errors.
  static @Nullable Object convert(Optional<Use> use, Object given, Object form) {
    Object value = Given.normal(given);
    if (use.isEmpty() || value == null || value == Nil.NIL) {
      return value;
    }
    return switch (use.get()) {
      case Use.Value known -> {
        Object converted = Coercion.to(known.type(), value);
        yield converted == null ? value : converted;
      }
      case Use.Entity entity ->
          value instanceof Long ? value : EntityRefs.resolve(entity.source(), value, form);
    };
  }
}
