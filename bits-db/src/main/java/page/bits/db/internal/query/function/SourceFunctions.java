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
final class SourceFunctions {
  private SourceFunctions() {}

  static List<Function> all() {
    return List.of(
        new Function("get-else", 4, 4, Function.Sources.FIRST, SourceFunctions::getElse),
        new Function("get-some", 3, Function.ANY, Function.Sources.FIRST, SourceFunctions::getSome),
        new Function("missing?", 3, 3, Function.Sources.FIRST, SourceFunctions::isMissing));
  }

  private static Object getElse(@Nullable Object[] x) {
    DatomSource source = source(x[0]);
    Attribute attribute = single(source, x[2], "get-else");
    Object value = first(source, x[1], attribute);
    Object otherwise = x[3];
    if (otherwise == null) {
      throw new IllegalArgumentException("the default of get-else is nil");
    }
    return value == null ? otherwise : value;
  }

  /// The id and value of the first attribute that the entity has; null when it has none of them.
  private static @Nullable Object getSome(@Nullable Object[] x) {
    DatomSource source = source(x[0]);
    List<Object> found = null;
    for (int i = 2; i < x.length; i++) {
      Attribute attribute = single(source, x[i], "get-some");
      Object value = found == null ? first(source, x[1], attribute) : null;
      found = value == null ? found : List.of(attribute.id(), value);
    }
    return found;
  }

  private static Attribute single(DatomSource source, @Nullable Object name, String function) {
    Attribute attribute = EntityRefs.attribute(source.schema(), name, function);
    if (attribute.isMany()) {
      throw new IllegalArgumentException(function + " needs attributes of cardinality one");
    }
    return attribute;
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
