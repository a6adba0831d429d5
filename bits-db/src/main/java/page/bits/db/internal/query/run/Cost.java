/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.DatomRange;
import page.bits.db.internal.query.algebra.Term;
import page.bits.db.internal.query.relation.Relation;
import page.bits.db.internal.schema.Attribute;

/// Guesses what it costs to read a pattern next, from the rows known so far and cheap probes of the
/// index. A wrong guess costs time, never a result.
final class Cost {
  /// Probes count no further: beyond, a scan is dear anyway.
  private static final int ESTIMATE_MAX = 1_000_000;

  /// Up to so many keys are always looked up one by one: it keeps what is read, and so what a live
  /// view depends on, narrow.
  private static final int LOOKUPS_FREE = 256;

  /// What a lookup costs beside the datoms it finds, in datoms of a scan.
  static final double SEEK = 8;

  private static final double ONE = 1;
  private static final double FEW = 4;
  private static final double SOME = 20;
  private static final double MANY = 1_000;

  private final Map<DatomRange, Long> estimates = new HashMap<>();

  /// The cheapest way to read the pattern.
  Access access(Step.ReadDatoms step, State state, Optional<ValueRange> within) {
    Map<Term.Variable, Object> pinned = state.pinned();
    Access best = scan(step, pinned, within);
    double scanned = best.cost();
    boolean isNarrow = isNarrow(step, pinned);
    for (Relation relation : state.relations()) {
      boolean isDriver = relation.size() > 1 && relation.hasAny(step.variables());
      double fanOut = isDriver ? fanOut(step, pinned.keySet(), relation) : Double.NaN;
      if (Double.isNaN(fanOut)) {
        continue;
      }
      boolean isFew = relation.size() <= LOOKUPS_FREE;
      double rows = Math.min(scanned, relation.size() * fanOut);
      double cost = rows + (isFew ? rows : relation.size() * (SEEK + fanOut));
      if ((isFew && !isNarrow) || (isFew == isNarrow && cost < best.cost())) {
        best = new Access(Optional.of(relation), Optional.empty(), cost);
        isNarrow = isFew;
      }
    }
    return best;
  }

  /// What it costs to read all that the pattern's constants allow.
  double whole(Step.ReadDatoms step) {
    return scan(step, Map.of(), Optional.empty()).cost();
  }

  /// Whether lookups of this cost are so few that they are made one by one, whatever else would be
  /// cheaper.
  boolean isFewSeeks(double cost) {
    return cost <= LOOKUPS_FREE * SEEK;
  }

  /// Whether the scan finds one entity, so that lookups could not be narrower.
  private static boolean isNarrow(Step.ReadDatoms step, Map<Term.Variable, Object> pinned) {
    boolean isUnique = step.attribute().map(Attribute::isUnique).orElse(false);
    return known(step, Step.ReadDatoms.E, pinned) != null
        || (isUnique && known(step, Step.ReadDatoms.V, pinned) != null);
  }

  private Access scan(
      Step.ReadDatoms step, Map<Term.Variable, Object> pinned, Optional<ValueRange> within) {
    DatomReader reader = new DatomReader(step.source());
    @Nullable Object v = known(step, Step.ReadDatoms.V, pinned);
    @Nullable DatomRange range =
        reader.range(
            known(step, Step.ReadDatoms.E, pinned),
            known(step, Step.ReadDatoms.A, pinned),
            v,
            within.orElse(null));
    double read = range == null ? 0 : estimate(step, range);
    boolean isFiltered = v != null && !step.attribute().map(Attribute::hasAvet).orElse(false);
    return new Access(Optional.empty(), within, read + (isFiltered ? read / 10 : read));
  }

  private long estimate(Step.ReadDatoms step, DatomRange range) {
    return estimates.computeIfAbsent(range, r -> step.source().estimate(r, ESTIMATE_MAX));
  }

  /// The value that a position must have: a constant, or that of a pinned variable.
  static @Nullable Object known(
      Step.ReadDatoms step, int position, Map<Term.Variable, Object> pinned) {
    return switch (step.terms().get(position)) {
      case Term.Constant constant -> constant.value();
      case Term.Variable variable -> pinned.get(variable);
      case Term.Blank _, Term.Source _, Term.RuleSet _ -> null;
    };
  }

  /// About how many datoms a lookup with a row of the relation finds; NaN when no index serves it.
  private static double fanOut(Step.ReadDatoms step, Set<Term.Variable> pinned, Relation relation) {
    boolean e = isKnown(step, Step.ReadDatoms.E, pinned, relation.variables());
    boolean a = isKnown(step, Step.ReadDatoms.A, pinned, relation.variables());
    boolean v = isKnown(step, Step.ReadDatoms.V, pinned, relation.variables());
    if (step.attribute().isPresent()) {
      return ofAttribute(step.attribute().get(), e, v, step, relation);
    }
    if (e) {
      return a ? FEW : SOME;
    }
    return a ? MANY : Double.NaN;
  }

  private static double ofAttribute(
      Attribute attribute, boolean e, boolean v, Step.ReadDatoms step, Relation relation) {
    if (e) {
      return v || !attribute.isMany() ? ONE : FEW;
    }
    boolean isVarying = relation.hasAny(variableAt(step, Step.ReadDatoms.V));
    if (!v || !isVarying || !(attribute.hasAvet() || attribute.isRef())) {
      return Double.NaN;
    }
    return attribute.isUnique() ? ONE : SOME;
  }

  private static Set<Term.Variable> variableAt(Step.ReadDatoms step, int position) {
    return step.terms().get(position) instanceof Term.Variable variable
        ? Set.of(variable)
        : Set.of();
  }

  private static boolean isKnown(
      Step.ReadDatoms step, int position, Set<Term.Variable> pinned, List<Term.Variable> driven) {
    return switch (step.terms().get(position)) {
      case Term.Constant _ -> true;
      case Term.Variable variable -> pinned.contains(variable) || driven.contains(variable);
      case Term.Blank _, Term.Source _, Term.RuleSet _ -> false;
    };
  }
}
