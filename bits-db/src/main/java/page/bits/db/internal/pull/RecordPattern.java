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
import page.bits.db.internal.given.AttributeName;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Schema;
import page.bits.db.internal.shape.Conversions;
import page.bits.db.internal.shape.RecordShape;
import page.bits.db.internal.shape.ShapeErrors;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// The pull pattern that a record class says by its `@Attr` components, and the way back from what
/// is pulled to the record.
///
/// A component that is a record, or a list, set or optional of records, is a nested pattern; one of
/// the class that it stands in goes as deep as the data. A reference whose component is a keyword
/// or enum gives the ident of what it refers to, one whose component is a number its id.
final class RecordPattern {
  private static final Symbol AGAIN = Symbol.of("...");

  private final Schema schema;
  private final List<Class<?>> above = new ArrayList<>();

  private RecordPattern(Schema schema) {
    this.schema = schema;
  }

  /// The pattern as a form: each attribute stands under the name of its component.
  static List<Object> of(Class<? extends Record> shape, Schema schema) {
    return new RecordPattern(schema).of(shape);
  }

  private List<Object> of(Class<? extends Record> shape) {
    above.add(shape);
    RecordShape<?> record = RecordShape.of(shape);
    var specs = new ArrayList<Object>();
    for (RecordComponent component : record.components()) {
      Attr attr = component.getAnnotation(Attr.class);
      if (attr == null) {
        throw ShapeErrors.withoutAttribute(record.where(component));
      }
      List<Object> expression = List.of(attr.value(), ":as", component.getName());
      Object below =
          below(attr.value(), element(component.getGenericType()), record.where(component));
      specs.add(below == null ? expression : Map.of(expression, below));
    }
    above.removeLast();
    return specs;
  }

  /// The pattern of what lies behind a component; null for a plain value.
  private @Nullable Object below(String attribute, Class<?> type, String where) {
    if (type.isRecord()) {
      if (type == above.getLast()) {
        return AGAIN;
      }
      if (above.contains(type)) {
        throw ShapeErrors.circle(where);
      }
      return of(type.asSubclass(Record.class));
    }
    if (isReference(attribute) && (type == Keyword.class || type.isEnum())) {
      return List.of(":db/ident");
    }
    return null;
  }

  private boolean isReference(String attribute) {
    Keyword name = Given.keyword(attribute);
    return name != null
        && schema.attribute(AttributeName.of(name).attribute()).map(Attribute::isRef).orElse(false);
  }

  /// The class inside `Optional`, `List` or `Set`, or the class itself.
  private static Class<?> element(Type type) {
    Class<?> raw = Conversions.raw(type);
    boolean isWrapped = raw == Optional.class || Collection.class.isAssignableFrom(raw);
    return isWrapped ? element(Conversions.argument(type)) : raw;
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
