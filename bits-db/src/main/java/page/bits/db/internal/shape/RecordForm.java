/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.shape;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import page.bits.db.Attr;
import page.bits.edn.Keyword;

/// The map form that a record says by its `@Attr` components: the way back from what is pulled into
/// it. Stateless.
///
/// A component that is null or an empty optional says nothing: it asserts nothing and retracts
/// nothing. A collection gives each of its elements, a record inside is a nested map.
public final class RecordForm {
  private RecordForm() {}

  /// Whether a component of the record names an attribute.
  public static boolean isForm(Record value) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      if (component.isAnnotationPresent(Attr.class)) {
        return true;
      }
    }
    return false;
  }

  /// The map form; every component of the record names its attribute.
  public static Map<Object, Object> of(Record value) {
    var form = new LinkedHashMap<Object, Object>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String where = value.getClass().getSimpleName() + "." + component.getName();
      Attr attr = component.getAnnotation(Attr.class);
      if (attr == null) {
        throw ShapeErrors.withoutAttribute(where);
      }
      Object said = form(read(component, value), attr, where);
      if (said != null && form.put(attr.value(), said) != null) {
        throw ShapeErrors.attributeTwice(where, attr.value());
      }
    }
    return form;
  }

  private static @Nullable Object read(RecordComponent component, Record value) {
    Method accessor = component.getAccessor();
    try {
      accessor.setAccessible(true);
      return accessor.invoke(value);
    } catch (IllegalAccessException | InaccessibleObjectException | InvocationTargetException e) {
      throw ShapeErrors.closed(value.getClass().getName(), e);
    }
  }

  private static @Nullable Object form(@Nullable Object value, Attr attr, String where) {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> form(optional.orElse(null), attr, where);
      case OptionalLong number -> number.isPresent() ? number.getAsLong() : null;
      case OptionalInt number -> number.isPresent() ? (long) number.getAsInt() : null;
      case Record nested when isForm(nested) -> of(nested);
      case Enum<?> constant -> ident(constant, attr, where);
      case Collection<?> elements -> {
        var forms = new ArrayList<@Nullable Object>(elements.size());
        elements.forEach(element -> forms.add(form(element, attr, where)));
        yield forms;
      }
      default -> value;
    };
  }

  private static Keyword ident(Enum<?> constant, Attr attr, String where) {
    if (attr.idents().isEmpty()) {
      throw ShapeErrors.withoutIdents(where);
    }
    return Keyword.of(attr.idents(), constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
