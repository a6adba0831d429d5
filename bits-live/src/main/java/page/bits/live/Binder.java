/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes a record from the texts of a form or a path. Immutable; made once per record.
///
/// A component is a `String`, `long`, `int`, `boolean`, `UUID`, or an `Optional` text. Texts are
/// trimmed and lose their carriage returns; what is too long, missing or of another form becomes an
/// error of its field.
final class Binder<R> {
  private static final int TEXT_MAX = 10_000;

  private final Constructor<R> constructor;
  private final RecordComponent[] components;

  Binder(Class<R> shape) {
    this.components = shape.getRecordComponents();
    try {
      this.constructor =
          shape.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
    } catch (NoSuchMethodException impossible) { // every record has it
      throw new AssertionError(impossible);
    }
    for (RecordComponent component : components) {
      requireKnown(shape, component);
    }
  }

  private static void requireKnown(Class<?> shape, RecordComponent component) {
    Class<?> type = component.getType();
    if (type != String.class
        && type != long.class
        && type != int.class
        && type != boolean.class
        && type != UUID.class
        && type != Optional.class) {
      throw LiveErrors.unsupportedComponent(
          shape.getSimpleName(), component.getName(), type.getName());
    }
  }

  /// The record, or what is wrong with each field.
  Bound<R> bind(Map<String, String> texts) {
    var errors = new LinkedHashMap<String, String>();
    var arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      String text = clean(texts.getOrDefault(component.getName(), ""));
      String error = check(component, text);
      if (error == null) {
        arguments[i] = convert(component.getType(), text);
        error = arguments[i] == null ? "This is not of the right form." : null;
      }
      if (error != null) {
        errors.put(component.getName(), error);
      }
    }
    return errors.isEmpty() ? new Bound.Valid<>(make(arguments)) : new Bound.Wrong<>(errors);
  }

  /// A record refuses values by an `IllegalArgumentException` of its constructor.
  private R make(@Nullable Object[] arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException) {
        throw LiveErrors.invalidInput(constructor.getDeclaringClass().getSimpleName());
      }
      throw new IllegalStateException("record constructor failed", refused);
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException("record constructor failed", failed);
    }
  }

  private static String clean(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').strip();
  }

  private static @Nullable String check(RecordComponent component, String text) {
    Text limit = component.getAnnotation(Text.class);
    int max = limit == null ? TEXT_MAX : limit.max();
    boolean isRequired = component.getType() == String.class;
    int min = limit == null ? (isRequired ? 1 : 0) : limit.min();
    int length = text.codePointCount(0, text.length());
    if (length < min) {
      return min == 1 ? "Please write something here." : "At least " + min + " characters, please.";
    }
    if (length > max) {
      return "At most " + max + " characters, please.";
    }
    return text.indexOf('\0') >= 0 ? "This is not of the right form." : null;
  }

  private static @Nullable Object convert(Class<?> type, String text) {
    try {
      if (type == String.class) {
        return text;
      } else if (type == Optional.class) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
      } else if (type == long.class) {
        return Long.parseLong(text);
      } else if (type == int.class) {
        return Integer.parseInt(text);
      } else if (type == UUID.class) {
        return UUID.fromString(text);
      }
      return !text.isEmpty() && !text.equals("false"); // a ticked box sends "on"
    } catch (IllegalArgumentException _) { // also NumberFormatException: not of the type
      return null;
    }
  }

  /// The outcome of binding.
  sealed interface Bound<R> {
    record Valid<R>(R value) implements Bound<R> {}

    record Wrong<R>(Map<String, String> errors) implements Bound<R> {}
  }
}
