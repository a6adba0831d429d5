/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.shape;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.Bytes;
import page.bits.edn.Keyword;

/// Turns values of results into Java types where nothing can be lost.
public final class Conversions {
  private static final Map<Class<?>, Class<?>> BOXES =
      Map.of(
          long.class, Long.class,
          int.class, Integer.class,
          double.class, Double.class,
          float.class, Float.class,
          boolean.class, Boolean.class);

  private static final Keyword ID = Keyword.of("db", "id");
  private static final Keyword IDENT = Keyword.of("db", "ident");

  private Conversions() {}

  /// The value as that type. A missing value (null) is an empty `Optional` or collection, null
  /// where the component is `@Nullable`, and otherwise an error.
  static @Nullable Object to(Type type, boolean isNullable, @Nullable Object value, String where) {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      return value == null ? Optional.empty() : Optional.of(present(argument(type), value, where));
    }
    if (raw == OptionalLong.class) {
      return value == null ? OptionalLong.empty() : OptionalLong.of(to(Long.class, value, where));
    }
    if (raw == OptionalInt.class) {
      return value == null ? OptionalInt.empty() : OptionalInt.of(to(Integer.class, value, where));
    }
    if (value == null && (raw == List.class || raw == Collection.class)) {
      return List.of();
    }
    if (value == null && raw == Set.class) {
      return Set.of();
    }
    if (value == null) {
      if (isNullable) {
        return null;
      }
      throw ShapeErrors.missing(where, raw.getSimpleName());
    }
    return present(type, value, where);
  }

  /// The value as that class.
  public static <T> T to(Class<T> type, Object value, String where) {
    @SuppressWarnings("unchecked") // present() gives an instance of the class or its box
    T converted = (T) present(type, value, where);
    return converted;
  }

  private static Object present(Type type, Object value, String where) {
    Class<?> raw = raw(type);
    Class<?> wanted = BOXES.getOrDefault(raw, raw);
    if (wanted == List.class || wanted == Collection.class) {
      return elements(argument(type), value, where);
    }
    if (wanted == Set.class) {
      return java.util.Collections.unmodifiableSet(
          new LinkedHashSet<>(elements(argument(type), value, where)));
    }
    if (wanted.isInstance(value)) {
      return value;
    }
    if (value instanceof Map<?, ?> map && map.size() == 1 && !wanted.isRecord()) {
      return reference(type, map, where);
    }
    if (wanted == Integer.class && value instanceof Long n) {
      return toInt(n, where);
    }
    if (wanted == Double.class && value instanceof Float f) {
      return (double) f;
    }
    if (wanted == Date.class && value instanceof Instant at) {
      return Date.from(at);
    }
    if (wanted == byte[].class && value instanceof Bytes bytes) {
      return bytes.toArray();
    }
    if (wanted == BigInteger.class && value instanceof Long n) {
      return BigInteger.valueOf(n);
    }
    if (wanted.isEnum() && value instanceof Keyword keyword) {
      return constant(wanted, keyword, where);
    }
    if (wanted.isRecord() && value instanceof Map<?, ?> map) {
      return RecordShape.of(wanted.asSubclass(Record.class)).make(map);
    }
    throw ShapeErrors.wrongType(where, wanted.getSimpleName(), value);
  }

  /// A pulled reference as its id or ident, where nothing else was pulled of it.
  private static Object reference(Type type, Map<?, ?> pulled, String where) {
    Object key = pulled.keySet().iterator().next();
    Object only = pulled.get(key);
    if (only != null && (ID.equals(key) || IDENT.equals(key))) {
      return present(type, only, where);
    }
    throw ShapeErrors.wrongType(where, raw(type).getSimpleName(), pulled);
  }

  private static List<Object> elements(Type element, Object value, String where) {
    if (value instanceof Collection<?> collection) {
      return collection.stream()
          .map(found -> present(element, java.util.Objects.requireNonNull(found), where))
          .toList();
    }
    throw ShapeErrors.wrongType(where, "List", value);
  }

  private static Integer toInt(long n, String where) {
    if (n < Integer.MIN_VALUE || n > Integer.MAX_VALUE) {
      throw ShapeErrors.outOfRange(where, "int", n);
    }
    return (int) n;
  }

  /// The constant `IN_REVIEW` for `:status/in-review`.
  private static Object constant(Class<?> type, Keyword keyword, String where) {
    String name = keyword.name().replace('-', '_').toUpperCase(Locale.ROOT);
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw ShapeErrors.wrongType(where, type.getSimpleName(), keyword);
  }

  public static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> Object.class;
    };
  }

  /// The type inside `Optional`, `List` or `Set`.
  public static Type argument(Type type) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : Object.class;
  }
}
