/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.shape;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.bits.error.BitsException;

/// A record class that results are turned into. Immutable and thread-safe.
public final class RecordShape<R extends Record> {
  private static final ClassValue<RecordShape<?>> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape<?> computeValue(Class<?> shape) {
          return look(shape.asSubclass(Record.class));
        }
      };

  private final Class<R> shape;
  private final List<RecordComponent> components;
  private final Constructor<R> constructor;

  private RecordShape(
      Class<R> shape, List<RecordComponent> components, Constructor<R> constructor) {
    this.shape = shape;
    this.components = components;
    this.constructor = constructor;
  }

  @SuppressWarnings("unchecked") // each class is looked at for itself
  public static <R extends Record> RecordShape<R> of(Class<R> shape) {
    return (RecordShape<R>) SHAPES.get(shape);
  }

  private static <R extends Record> RecordShape<R> look(Class<R> shape) {
    List<RecordComponent> components = List.of(shape.getRecordComponents());
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = shape.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordShape<>(shape, components, constructor);
    } catch (NoSuchMethodException | InaccessibleObjectException closed) {
      throw ShapeErrors.closed(shape.getName(), closed);
    }
  }

  public List<RecordComponent> components() {
    return components;
  }

  /// `Shape.component`, for errors.
  public String where(RecordComponent component) {
    return shape.getSimpleName() + "." + component.getName();
  }

  /// The record of these values, one for each component in order; null is missing.
  public R make(List<? extends @Nullable Object> values) {
    @Nullable Object[] arguments = new Object[components.size()];
    for (int i = 0; i < arguments.length; i++) {
      RecordComponent component = components.get(i);
      arguments[i] =
          Conversions.to(
              component.getGenericType(), isNullable(component), values.get(i), where(component));
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException refused) {
      Throwable cause = refused.getCause() == null ? refused : refused.getCause();
      throw cause instanceof BitsException ours
          ? ours
          : ShapeErrors.refused(shape.getSimpleName(), cause);
    } catch (ReflectiveOperationException closed) {
      throw ShapeErrors.closed(shape.getName(), closed);
    }
  }

  /// The record of a map: each component from the one key whose name is its own, `posted-at` for
  /// `postedAt`, whatever the namespace of the key.
  public R make(Map<?, ? extends @Nullable Object> map) {
    var values = new ArrayList<@Nullable Object>();
    for (RecordComponent component : components) {
      values.add(valueNamed(component, map));
    }
    return make(values);
  }

  private @Nullable Object valueNamed(
      RecordComponent component, Map<?, ? extends @Nullable Object> map) {
    List<?> keys =
        map.keySet().stream()
            .filter(key -> camelCase(String.valueOf(key)).equals(component.getName()))
            .toList();
    if (keys.size() > 1) {
      throw ShapeErrors.severalKeys(where(component), keys.stream().map(String::valueOf).toList());
    }
    return keys.isEmpty() ? null : map.get(keys.getFirst());
  }

  /// For each component the position of its name among `names`.
  public int[] positions(List<String> names) {
    List<String> plain = names.stream().map(RecordShape::camelCase).toList();
    return components.stream().mapToInt(component -> position(component, names, plain)).toArray();
  }

  private int position(RecordComponent component, List<String> names, List<String> plain) {
    int at = plain.indexOf(component.getName());
    if (at < 0) {
      throw ShapeErrors.noKey(where(component), names);
    }
    if (at != plain.lastIndexOf(component.getName())) {
      throw ShapeErrors.severalKeys(where(component), names);
    }
    return at;
  }

  /// The name of a key as Java writes it: `:post/posted-at` is `postedAt`.
  static String camelCase(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    String bare = name.startsWith(":") ? name.substring(1) : name;
    var text = new StringBuilder();
    for (String part : bare.split("-", -1)) {
      text.append(
          text.isEmpty() || part.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return text.toString();
  }

  private static boolean isNullable(RecordComponent component) {
    return Arrays.stream(component.getAnnotatedType().getAnnotations())
        .anyMatch(found -> found.annotationType().getSimpleName().equals("Nullable"));
  }
}
