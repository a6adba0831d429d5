/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.Attr;
import page.bits.db.internal.shape.Conversions;
import page.bits.db.internal.shape.RecordShape;
import page.bits.db.internal.shape.ShapeErrors;

/// The pull pattern that a record class says by its `@Attr` components, and the way back from what
/// is pulled to the record.
///
/// A component that is a record, or a list, set or optional of records, is a nested pattern.
final class RecordPattern {
  private RecordPattern() {}

  /// The pattern as a form: each attribute stands under the name of its component.
  static List<Object> of(Class<? extends Record> shape) {
    RecordShape<?> record = RecordShape.of(shape);
    var specs = new ArrayList<Object>();
    for (RecordComponent component : record.components()) {
      Attr attr = component.getAnnotation(Attr.class);
      if (attr == null) {
        throw ShapeErrors.withoutAttribute(record.where(component));
      }
      List<Object> expression = List.of(attr.value(), ":as", component.getName());
      Class<? extends Record> nested = nested(component.getGenericType());
      specs.add(nested == null ? expression : Map.of(expression, of(nested)));
    }
    return specs;
  }

  private static @Nullable Class<? extends Record> nested(Type type) {
    Class<?> raw = Conversions.raw(type);
    if (raw.isRecord()) {
      return raw.asSubclass(Record.class);
    }
    boolean isWrapped = raw == Optional.class || Collection.class.isAssignableFrom(raw);
    return isWrapped ? nested(Conversions.argument(type)) : null;
  }

  /// The record of what that pattern pulled; empty when nothing was found.
  static <R extends Record> Optional<R> read(Class<R> shape, Map<?, ?> pulled) {
    if (isEmpty(shape, pulled)) {
      return Optional.empty();
    }
    return Optional.of(RecordShape.of(shape).make(pulled));
  }

  /// An id alone is nothing: every number has one.
  private static boolean isEmpty(Class<? extends Record> shape, Map<?, ?> pulled) {
    var found = new LinkedHashMap<Object, @Nullable Object>(pulled);
    boolean hasOther = false;
    for (RecordComponent component : shape.getRecordComponents()) {
      Attr attr = component.getAnnotation(Attr.class);
      if (attr != null && attr.value().equals(":db/id")) {
        found.remove(component.getName());
      } else {
        hasOther = true;
      }
    }
    return hasOther && found.isEmpty();
  }
}
