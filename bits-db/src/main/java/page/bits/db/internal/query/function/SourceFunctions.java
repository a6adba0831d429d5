/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.query.function;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.internal.given.EntityRefs;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.query.algebra.DataSource;
import page.bits.db.internal.query.algebra.Function;
import page.bits.db.internal.schema.Attribute;

/// Functions that read a database.
public final class SourceFunctions {
  private SourceFunctions() {}

  public static List<Function> all() {
    return List.of(
        new Function("get-else", 4, 4, Function.Sources.FIRST, SourceFunctions::getElse),
        new Function("missing?", 3, 3, Function.Sources.FIRST, SourceFunctions::isMissing));
  }

  private static Object getElse(@Nullable Object[] x) {
    DatomSource source = source(x[0]);
    Attribute attribute = EntityRefs.attribute(source.schema(), x[2], "get-else");
    if (attribute.isMany()) {
      throw new IllegalArgumentException("get-else needs an attribute of cardinality one");
    }
    Object value = first(source, x[1], attribute);
    Object otherwise = x[3];
    if (otherwise == null) {
      throw new IllegalArgumentException("the default of get-else is nil");
    }
    return value == null ? otherwise : value;
  }

  private static Object isMissing(@Nullable Object[] x) {
    DatomSource source = source(x[0]);
    return first(source, x[1], EntityRefs.attribute(source.schema(), x[2], "missing?")) == null;
  }

  private static @Nullable Object first(
      DatomSource source, @Nullable Object entity, Attribute attribute) {
    Long e = EntityRefs.resolve(source, entity, "a function of the query");
    if (e == null) {
      return null;
    }
    Iterator<Datom> datoms = source.read(Ranges.ea(e, attribute.id()));
    return datoms.hasNext() ? datoms.next().v() : null;
  }

  private static DatomSource source(@Nullable Object argument) {
    if (argument instanceof DataSource.Database database) {
      return database.datoms();
    }
    throw new IllegalArgumentException("the source is not a database");
  }
}
