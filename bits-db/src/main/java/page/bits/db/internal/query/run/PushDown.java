/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.query.algebra.Call;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.schema.Attribute;

/// Which part of an index the comparisons of a query leave of a pattern's values.
final class PushDown {
  private PushDown() {}

  /// The values that the filters let through; empty when no filter says anything about them, or the
  /// attribute has no index by value.
  static Optional<ValueRange> of(
      Step.ReadDatoms step, List<Step> remaining, Map<Term.Variable, Object> pinned) {
    if (!step.attribute().map(Attribute::hasAvet).orElse(false)
        || !(step.terms().get(Step.ReadDatoms.V) instanceof Term.Variable value)) {
      return Optional.empty();
    }
    ValueRange range = ValueRange.ALL;
    for (Step other : remaining) {
      if (other instanceof Step.Filter filter) {
        range = narrow(range, filter.caller().call(), value, step.attribute().get(), pinned);
      }
    }
    return range.equals(ValueRange.ALL) ? Optional.empty() : Optional.of(range);
  }

  private static ValueRange narrow(
      ValueRange range,
      Call call,
      Term.Variable value,
      Attribute attribute,
      Map<Term.Variable, Object> pinned) {
    if (call.arguments().size() != 2) {
      return range;
    }
    boolean isFirst = call.arguments().get(0).equals(value);
    boolean isSecond = call.arguments().get(1).equals(value);
    @Nullable Object limit = known(call.arguments().get(isFirst ? 1 : 0), pinned);
    if (isFirst == isSecond
        || limit == null
        || !ValueRange.isOrderedAlike(limit)
        || !attribute.type().javaType().isInstance(limit)) {
      return range;
    }
    return switch (call.function().name()) {
      case "=" -> range.atLeast(limit).atMost(limit);
      case "<", "<=" -> isFirst ? range.atMost(limit) : range.atLeast(limit);
      case ">", ">=" -> isFirst ? range.atLeast(limit) : range.atMost(limit);
      default -> range;
    };
  }

  private static @Nullable Object known(Term term, Map<Term.Variable, Object> pinned) {
    return switch (term) {
      case Term.Constant constant -> constant.value();
      case Term.Variable variable -> pinned.get(variable);
      case Term.Blank _, Term.Source _, Term.RuleSet _ -> null;
    };
  }
}
