/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Coercion;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.given.GivenErrors;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.query.algebra.Call;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.parse.BindingCheck;
import page.bits.db.internal.query.relation.Matcher;
import page.bits.db.internal.schema.Attribute;
import page.bits.edn.Keyword;

/// Brings clauses together with their sources: idents become entity ids, constants values of their
/// attribute's type. A name that the schema does not know is an error here, whatever the data.
public final class Resolver {
  private static final int DATOM_POSITIONS = 5;

  private final Map<String, DataSource> sources;
  private final VariableUses uses;

  public Resolver(Map<String, DataSource> sources, VariableUses uses) {
    this.sources = sources;
    this.uses = uses;
  }

  /// The steps of clauses inside which `bound` are the variables bound by clauses and inputs.
  public List<Step> steps(List<Clause> clauses, Set<Term.Variable> bound) {
    var steps = new ArrayList<Step>();
    for (Clause clause : clauses) {
      steps.add(step(clause, bound));
    }
    return steps;
  }

  private Step step(Clause clause, Set<Term.Variable> bound) {
    return switch (clause) {
      case Clause.Pattern pattern -> pattern(pattern);
      case Clause.Predicate predicate ->
          new Step.Filter(predicate, caller(predicate.call(), predicate.form()));
      case Clause.Expression expression -> expression(expression);
      case Clause.Not not -> {
        Set<Term.Variable> shared = BindingCheck.shared(not, bound);
        yield new Step.Exclude(
            not, shared, steps(not.body(), BindingCheck.bound(not.body(), shared)));
      }
    };
  }

  private Step expression(Clause.Expression expression) {
    Unpacker.Problem problem =
        (expected, found) ->
            QueryErrors.functionFailed(
                expression.call().function().name(),
                "the result is not " + expected,
                expression.form(),
                null);
    return new Step.Compute(
        expression,
        caller(expression.call(), expression.form()),
        new Unpacker(expression.binding(), uses, /* isNilDropped= */ true, problem));
  }

  private Caller caller(Call call, Object form) {
    return new Caller(call, form, sources);
  }

  private Step pattern(Clause.Pattern pattern) {
    return switch (sources.get(pattern.source())) {
      case null -> throw QueryErrors.unknownSource(pattern.source(), pattern.form());
      case DataSource.Database database -> datoms(pattern, database.datoms());
      case DataSource.Collection collection ->
          new Step.ReadRows(pattern, collection.rows(), new Matcher(pattern.terms()));
    };
  }

  private static Step datoms(Clause.Pattern pattern, DatomSource source) {
    List<Term> terms = new ArrayList<>(pattern.terms());
    if (terms.size() > DATOM_POSITIONS) {
      throw QueryErrors.invalid("a data pattern [e a v tx op]", pattern.form());
    }
    while (terms.size() < DATOM_POSITIONS) {
      terms.add(Term.Blank.BLANK);
    }
    Attribute attribute =
        terms.get(Step.ReadDatoms.A) instanceof Term.Constant constant
            ? EntityRefs.attribute(source.schema(), constant.value(), pattern.form())
            : null;
    for (int i = 0; i < DATOM_POSITIONS; i++) {
      if (terms.get(i) instanceof Term.Constant constant) {
        terms.set(i, constant(i, constant, attribute, source, pattern));
      }
    }
    return new Step.ReadDatoms(
        pattern, source, List.copyOf(terms), Optional.ofNullable(attribute), new Matcher(terms));
  }

  private static Term constant(
      int position,
      Term.Constant constant,
      @Nullable Attribute attribute,
      DatomSource source,
      Clause.Pattern pattern) {
    return switch (position) {
      case Step.ReadDatoms.E, Step.ReadDatoms.TX -> entity(constant, source, pattern);
      case Step.ReadDatoms.A -> attribute == null ? constant : new Term.Constant(attribute.id());
      case Step.ReadDatoms.V -> value(constant, attribute, source, pattern);
      default -> {
        if (!(constant.value() instanceof Boolean)) {
          throw QueryErrors.invalid("true or false as fifth of a pattern", pattern.form());
        }
        yield constant;
      }
    };
  }

  private static Term entity(Term.Constant constant, DatomSource source, Clause.Pattern pattern) {
    return switch (constant.value()) {
      case Long _ -> constant;
      case Object other when Given.keyword(other) instanceof Keyword ident ->
          new Term.Constant(EntityRefs.ident(source.schema(), ident, pattern.form()));
      case null, default ->
          throw GivenErrors.notAnEntity(GivenErrors.clause(pattern.form()), constant.value());
    };
  }

  private static Term value(
      Term.Constant constant,
      @Nullable Attribute attribute,
      DatomSource source,
      Clause.Pattern pattern) {
    Object value = constant.value();
    if (attribute == null || value == null) {
      return constant;
    }
    if (attribute.isRef()) {
      return entity(constant, source, pattern);
    }
    return new Term.Constant(Coercion.to(attribute, value, pattern.form()));
  }
}
