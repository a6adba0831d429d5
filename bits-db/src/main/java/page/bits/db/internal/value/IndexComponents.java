/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.util.ArrayList;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import page.bits.db.Bound;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.Partition;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;

/// The leading components that a caller of `datoms` or `seekDatoms` names, in the order of the
/// index.
///
/// `tx` narrows only the result: every view decides over whole facts, so ranges name at most three
/// components.
record IndexComponents(
    Index index, int count, long e, long a, @Nullable Object v, @Nullable Long tx) {

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
    for (int i = 0; i < components.length; i++) {
      Object given = components[i];
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
        tx);
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

  DatomRange exactly() {
    return Ranges.prefix(index, count, e, a, v);
  }

  DatomRange onwards() {
    return new DatomRange(Bound.before(index, count, e, a, v, 0), Bound.last(index));
  }

  /// Those of the datoms that the named tx said; all when none is named.
  Iterator<Datom> only(Iterator<Datom> datoms) {
    if (tx == null) {
      return datoms;
    }
    var matching = new ArrayList<Datom>();
    datoms.forEachRemaining(
        datom -> {
          if (datom.tx() == tx) {
            matching.add(datom);
          }
        });
    return matching.iterator();
  }
}
