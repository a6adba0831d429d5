/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.given.Coercion;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.given.GivenErrors;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.query.algebra.Clause;
import page.bits.db.internal.query.algebra.QueryErrors;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Matcher;
import page.bits.db.internal.schema.Attribute;
import page.bits.edn.Keyword;

/// Brings data patterns together with the schema: idents become entity ids, constants values of
/// their attribute's type.
final class Patterns {
  private static final int DATOM_POSITIONS = 5;

  private Patterns() {}

  static Step datoms(Clause.Pattern pattern, DatomSource source, IdentLinks idents) {
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
      } else if (terms.get(i) instanceof Term.Variable variable && isEntity(i, attribute)) {
        terms.set(i, idents.entity(variable, pattern.source(), pattern.form()));
      }
    }
    return new Step.ReadDatoms(
        pattern, source, List.copyOf(terms), Optional.ofNullable(attribute), new Matcher(terms));
  }

  private static boolean isEntity(int position, @Nullable Attribute attribute) {
    return switch (position) {
      case Step.ReadDatoms.E, Step.ReadDatoms.A, Step.ReadDatoms.TX -> true;
      case Step.ReadDatoms.V -> attribute != null && attribute.isRef();
      default -> false;
    };
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
