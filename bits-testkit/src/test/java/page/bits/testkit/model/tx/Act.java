/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.model.tx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.testkit.model.tx.NaiveEvaluation.Lookup;
import page.bits.testkit.model.tx.NaiveEvaluation.Step;
import page.bits.testkit.model.tx.NaiveSchema.Property;
import page.bits.testkit.model.tx.NaiveSchema.Uniqueness;

/// One thing done to a database, as EDN: `{:install {"a1" [...]}}`, `{:alter ["a1" 2]}`, or `{:tx
/// [["add" "t0" "a1" 3 nil]] :n 12}`.
///
/// In a transaction the symbol `t0-12` is the entity that the tempid `t0` became in the transaction
/// 12, so that acts before it can go; `{"a1" 3}` is a lookup ref.
sealed interface Act {
  record Install(Map<String, Property> attributes) implements Act {}

  /// `kind` says what changes: see [RandomTransactions#changed].
  record Alter(String a, int kind) implements Act {}

  record Transact(long n, List<Step> steps) implements Act {}

  default Object toEdn() {
    var edn = new LinkedHashMap<Object, Object>();
    switch (this) {
      case Install(var attributes) -> {
        var properties = new LinkedHashMap<Object, Object>();
        attributes.forEach((a, property) -> properties.put(a, edn(property)));
        edn.put(Keyword.of("install"), properties);
      }
      case Alter(String a, int kind) -> edn.put(Keyword.of("alter"), List.of(a, (long) kind));
      case Transact(long n, var steps) -> {
        edn.put(Keyword.of("tx"), steps.stream().map(Act::edn).toList());
        edn.put(Keyword.of("n"), n);
      }
    }
    return edn;
  }

  /// What [#toEdn] wrote; throws of anything else.
  static Act of(Object form) {
    Map<?, ?> edn = (Map<?, ?>) form;
    if (edn.get(Keyword.of("install")) instanceof Map<?, ?> properties) {
      var attributes = new LinkedHashMap<String, Property>();
      properties.forEach((a, property) -> attributes.put((String) a, property((List<?>) property)));
      return new Install(attributes);
    }
    if (edn.get(Keyword.of("alter")) instanceof List<?> alter) {
      return new Alter((String) alter.get(0), ((Long) alter.get(1)).intValue());
    }
    List<?> steps = (List<?>) Objects.requireNonNull(edn.get(Keyword.of("tx")));
    return new Transact(
        (Long) Objects.requireNonNull(edn.get(Keyword.of("n"))),
        steps.stream().map(step -> step((List<?>) Objects.requireNonNull(step))).toList());
  }

  private static List<Object> edn(Property property) {
    return List.of(
        property.isRef(),
        property.isMany(),
        property.unique().name(),
        property.isIndexed(),
        property.isComponent(),
        property.members());
  }

  @SuppressWarnings("unchecked") // names of members
  private static Property property(List<?> edn) {
    return new Property(
        (Boolean) edn.get(0),
        (Boolean) edn.get(1),
        Uniqueness.valueOf((String) edn.get(2)),
        (Boolean) edn.get(3),
        (Boolean) edn.get(4),
        /* isEven= */ false,
        (List<String>) edn.get(5));
  }

  private static List<@Nullable Object> edn(Step step) {
    return Arrays.asList(
        step.op(), place(step.e()), step.a(), place(step.v()), place(step.expected()));
  }

  private static @Nullable Object place(@Nullable Object value) {
    return value instanceof Lookup(String a, Object v) ? Map.of(a, v) : value;
  }

  private static Step step(List<?> edn) {
    return new Step(
        (String) edn.get(0),
        Objects.requireNonNull(placed(edn.get(1))),
        (String) edn.get(2),
        placed(edn.get(3)),
        placed(edn.get(4)));
  }

  private static @Nullable Object placed(@Nullable Object value) {
    if (value instanceof Map<?, ?> lookup) {
      var entry = lookup.entrySet().iterator().next();
      return new Lookup((String) entry.getKey(), Objects.requireNonNull(entry.getValue()));
    }
    return value;
  }

  /// The step with each of its entities and values as `renamed` gives them, also inside lists and
  /// lookup refs.
  static Step renamed(Step step, UnaryOperator<Object> renamed) {
    return new Step(
        step.op(),
        Objects.requireNonNull(renamed(step.e(), renamed)),
        step.a(),
        renamed(step.v(), renamed),
        renamed(step.expected(), renamed));
  }

  private static @Nullable Object renamed(@Nullable Object value, UnaryOperator<Object> renamed) {
    return switch (value) {
      case null -> null;
      case Lookup(String a, Object v) -> new Lookup(a, Objects.requireNonNull(renamed(v, renamed)));
      case List<?> slots -> {
        var values = new ArrayList<@Nullable Object>();
        slots.forEach(slot -> values.add(renamed(slot, renamed)));
        yield values;
      }
      default -> renamed.apply(value);
    };
  }

  /// The name of what a tempid became in a transaction.
  static Symbol name(Object tempid, long n) {
    return Symbol.of(tempid + "-" + n);
  }
}
