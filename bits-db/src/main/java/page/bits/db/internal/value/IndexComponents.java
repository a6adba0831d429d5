/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.Bound;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.given.GivenErrors;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.PassingIterator;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;

/// The leading components that a caller of `datoms` or `seekDatoms` names, in the order of the
/// index.
///
/// `tx` narrows only the result: every view decides over whole facts, so ranges name at most three
/// components. `nobody` is a lookup ref among them that nobody holds.
record IndexComponents(
    Index index,
    int count,
    long e,
    long a,
    @Nullable Object v,
    @Nullable Long tx,
    @Nullable Object nobody) {

  private static final int COMPONENTS = 4;

  static IndexComponents parse(DatomSource source, Index index, Object... components) {
    if (components.length > COMPONENTS) {
      throw ValueErrors.tooManyComponents(index, components.length);
    }
    String form = index.name();
    long e = 0;
    Attribute attribute = null;
    Object v = null;
    Long tx = null;
    Object nobody = null;
    for (int i = 0; i < components.length; i++) {
      @Nullable Object given = components[i];
      if (given == null) {
        throw ValueErrors.nilComponent(index);
      }
      if (given instanceof List<?> lookup && names(index, i, attribute)) {
        given = EntityRefs.resolve(source, lookup, form);
        if (given == null) {
          nobody = lookup;
          given = 0L;
        }
      }
      switch (role(index, i)) {
        case 'e' -> e = EntityRefs.require(source, given, form);
        case 'a' -> attribute = covered(index, EntityRefs.attribute(source.schema(), given, form));
        case 'v' ->
            v =
                attribute == null
                    ? (Object) EntityRefs.require(source, given, form) // VAET begins with an entity
                    : EntityRefs.value(source, attribute, given, form);
        default -> tx = tx(EntityRefs.require(source, given, form));
      }
    }
    return new IndexComponents(
        index,
        Math.min(components.length, COMPONENTS - 1),
        e,
        attribute == null ? 0 : attribute.id(),
        v,
        tx,
        nobody);
  }

  /// Whether the component names an entity.
  private static boolean names(Index index, int i, @Nullable Attribute attribute) {
    return switch (role(index, i)) {
      case 'e' -> true;
      case 'v' -> attribute == null || attribute.isRef();
      default -> false;
    };
  }

  private static char role(Index index, int i) {
    return switch (index) {
      case EAVT -> "eavt".charAt(i);
      case AEVT -> "aevt".charAt(i);
      case AVET -> "avet".charAt(i);
      case VAET -> "vaet".charAt(i);
    };
  }

  private static Attribute covered(Index index, Attribute attribute) {
    if (index == Index.AVET && !attribute.hasAvet()) {
      throw ValueErrors.notIndexed(attribute.ident());
    }
    return attribute;
  }

  private static long tx(long t) {
    return Partition.of(t) == Partition.TX ? t : Partition.tx(t);
  }

  /// The values of an indexed attribute from `start` (inclusive) to `end` (exclusive).
  static DatomRange valueRange(
      DatomSource source, Object attribute, @Nullable Object start, @Nullable Object end) {
    String form = "indexRange";
    Attribute found = covered(Index.AVET, EntityRefs.attribute(source.schema(), attribute, form));
    return Ranges.avRange(
        found.id(),
        start == null ? null : EntityRefs.value(source, found, start, form),
        end == null ? null : EntityRefs.value(source, found, end, form));
  }

  /// These components, if every lookup ref among them leads to somebody.
  IndexComponents requireSomebody() {
    if (nobody != null) {
      List<?> lookup = (List<?>) nobody;
      throw GivenErrors.nobodyHolds(
          GivenErrors.clause(index.name()), lookup.getFirst(), lookup.getLast());
    }
    return this;
  }

  DatomRange exactly() {
    return Ranges.prefix(index, count, e, a, v);
  }

  DatomRange onwards() {
    return new DatomRange(Bound.before(index, count, e, a, v, 0), Bound.last(index));
  }

  DatomRange backwards() {
    return new DatomRange(Bound.first(index), Bound.after(index, count, e, a, v, 0));
  }

  /// From here to the end of the attribute, or back to its begin; the index begins with A or names
  /// it first.
  DatomRange withinAttribute(boolean reverse) {
    DatomRange whole = Ranges.prefix(index, 1, 0, a, null);
    return reverse
        ? new DatomRange(whole.from(), Bound.after(index, count, e, a, v, 0))
        : new DatomRange(Bound.before(index, count, e, a, v, 0), whole.to());
  }

  /// Those of the datoms that the named tx said; all when none is named.
  Iterator<Datom> only(Iterator<Datom> datoms) {
    Long wanted = tx;
    return wanted == null ? datoms : new PassingIterator(datoms, datom -> datom.tx() == wanted);
  }
}
