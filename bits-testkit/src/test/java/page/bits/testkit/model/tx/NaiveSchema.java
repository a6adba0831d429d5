/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.tx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import page.bits.testkit.model.tx.NaiveEvaluation.Fact;

/// What the naive evaluation knows of attributes: by name, values are longs, entities, or (of a
/// composite, one with `members`) lists of both. Immutable.
record NaiveSchema(Map<String, Property> attributes) {
  enum Uniqueness {
    NONE,
    VALUE,
    IDENTITY
  }

  /// `isEven`: a predicate asks every value to be even.
  record Property(
      boolean isRef,
      boolean isMany,
      Uniqueness unique,
      boolean isIndexed,
      boolean isComponent,
      boolean isEven,
      List<String> members) {
    boolean isComposite() {
      return !members.isEmpty();
    }

    boolean isUnique() {
      return unique != Uniqueness.NONE;
    }

    Property many(boolean many) {
      return new Property(isRef, many, unique, isIndexed, isComponent, isEven, members);
    }

    Property unique(Uniqueness uniqueness) {
      return new Property(isRef, isMany, uniqueness, isIndexed, isComponent, isEven, members);
    }

    Property indexed(boolean indexed) {
      return new Property(isRef, isMany, unique, indexed, isComponent, isEven, members);
    }

    Property even(boolean even) {
      return new Property(isRef, isMany, unique, isIndexed, isComponent, even, members);
    }
  }

  Property of(String a) {
    return java.util.Objects.requireNonNull(attributes.get(a), a);
  }

  boolean isIdentity(String a) {
    return of(a).unique() == Uniqueness.IDENTITY;
  }

  /// The composites that an attribute is part of.
  List<String> compositesWith(String a) {
    var composites = new ArrayList<String>();
    attributes.forEach(
        (name, property) -> {
          if (property.members().contains(a)) {
            composites.add(name);
          }
        });
    return composites;
  }

  NaiveSchema with(String a, Property property) {
    var more = new LinkedHashMap<>(attributes);
    more.put(a, property);
    return new NaiveSchema(more);
  }

  /// The schema after an attribute became another, if it can on these facts.
  Optional<NaiveSchema> altered(String a, Property now, Set<Fact> facts) {
    Property old = of(a);
    boolean hasValues = facts.stream().anyMatch(fact -> fact.a().equals(a));
    boolean isRefused =
        (!old.isMany() && now.isMany() && (old.isComposite() || !compositesWith(a).isEmpty()))
            || (old.isMany() && !now.isMany() && twoOfOneEntity(a, facts))
            || (!old.isUnique()
                && now.isUnique()
                && ((hasValues && !old.isIndexed()) || twoOfOneValue(a, facts)));
    return isRefused ? Optional.empty() : Optional.of(with(a, now));
  }

  private static boolean twoOfOneEntity(String a, Set<Fact> facts) {
    return isAnyPair(a, facts, (x, y) -> x.e().equals(y.e()) && !x.v().equals(y.v()));
  }

  private static boolean twoOfOneValue(String a, Set<Fact> facts) {
    return isAnyPair(a, facts, (x, y) -> x.v().equals(y.v()) && !x.e().equals(y.e()));
  }

  private static boolean isAnyPair(String a, Set<Fact> facts, BiPredicate<Fact, Fact> holds) {
    List<Fact> ofAttribute = facts.stream().filter(fact -> fact.a().equals(a)).toList();
    return ofAttribute.stream().anyMatch(x -> ofAttribute.stream().anyMatch(y -> holds.test(x, y)));
  }
}
