/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.run;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DatomRange;
import page.bits.db.Index;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.query.relation.Ticker;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Schema;

/// Finds the narrowest range of an index for what is known of a datom, and reads it.
final class DatomReader {
  private final DatomSource source;
  private final Schema schema;

  DatomReader(DatomSource source) {
    this.source = source;
    this.schema = source.schema();
  }

  /// The datoms with these components, null for unknown; `within` narrows the values when only the
  /// attribute is known.
  void read(
      @Nullable Object e,
      @Nullable Object a,
      @Nullable Object v,
      @Nullable ValueRange within,
      Ticker ticker,
      Consumer<Datom> found) {
    DatomRange range = range(e, a, v, within);
    if (range == null) {
      return;
    }
    Iterator<Datom> datoms = source.read(range);
    while (datoms.hasNext()) {
      ticker.tick();
      Datom datom = datoms.next();
      if ((e == null || e.equals(datom.e()))
          && (a == null || a.equals(datom.a()))
          && (v == null || v.equals(datom.v()))) {
        found.accept(datom);
      }
    }
  }

  /// Null when no datom can have these components.
  @Nullable DatomRange range(
      @Nullable Object e, @Nullable Object a, @Nullable Object v, @Nullable ValueRange within) {
    if ((e != null && !(e instanceof Long)) || (a != null && !(a instanceof Long))) {
      return null;
    }
    Optional<Attribute> attribute = a instanceof Long id ? schema.attribute(id) : Optional.empty();
    if (v != null && attribute.isPresent() && !attribute.get().type().javaType().isInstance(v)) {
      return null;
    }
    if (e instanceof Long entity) {
      return ofEntity(entity, (Long) a, attribute.isPresent() ? v : null);
    }
    if (a instanceof Long id) {
      return attribute.isPresent() ? ofAttribute(attribute.get(), v, within) : Ranges.a(id);
    }
    return Ranges.all(Index.EAVT);
  }

  private static DatomRange ofEntity(long e, @Nullable Long a, @Nullable Object v) {
    if (a == null) {
      return Ranges.e(e);
    }
    return v == null ? Ranges.ea(e, a) : Ranges.eav(e, a, v);
  }

  private static DatomRange ofAttribute(
      Attribute attribute, @Nullable Object v, @Nullable ValueRange within) {
    if (v != null && attribute.hasAvet()) {
      return Ranges.av(attribute.id(), v);
    }
    if (v instanceof Long target && attribute.isRef()) {
      return Ranges.va(target, attribute.id());
    }
    return within != null && attribute.hasAvet()
        ? within.of(attribute.id())
        : Ranges.a(attribute.id());
  }
}
