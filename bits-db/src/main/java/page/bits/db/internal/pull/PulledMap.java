/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import java.time.Instant;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Pulled;
import page.bits.db.internal.shape.RecordShape;
import page.bits.db.internal.shape.ShapeErrors;
import page.bits.edn.Keyword;

/// A pulled entity. Immutable; equal to any map with equal entries.
final class PulledMap extends AbstractMap<Object, @Nullable Object> implements Pulled {
  private final Map<Object, @Nullable Object> entries;

  PulledMap(LinkedHashMap<Object, @Nullable Object> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  static PulledMap of(Object key, @Nullable Object value) {
    var entries = new LinkedHashMap<Object, @Nullable Object>();
    entries.put(key, value);
    return new PulledMap(entries);
  }

  @Override
  public Set<Map.Entry<Object, @Nullable Object>> entrySet() {
    return entries.entrySet();
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return entries.get(key);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return entries.containsKey(key);
  }

  @Override
  public Optional<String> string(String attribute) {
    return typed(attribute, String.class);
  }

  @Override
  public Optional<Long> integer(String attribute) {
    return typed(attribute, Long.class);
  }

  @Override
  public Optional<Boolean> bool(String attribute) {
    return typed(attribute, Boolean.class);
  }

  @Override
  public Optional<Instant> instant(String attribute) {
    return typed(attribute, Instant.class);
  }

  @Override
  public Optional<Keyword> keyword(String attribute) {
    return typed(attribute, Keyword.class);
  }

  @Override
  public Optional<Pulled> entity(String attribute) {
    return typed(attribute, Pulled.class);
  }

  @Override
  public List<Pulled> entities(String attribute) {
    Object value = entries.get(Keyword.of(attribute));
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list && list.stream().allMatch(Pulled.class::isInstance)) {
      return list.stream().map(Pulled.class::cast).toList();
    }
    throw ShapeErrors.wrongType(attribute, "a list of entities", value);
  }

  private <T> Optional<T> typed(String attribute, Class<T> type) {
    Object value = entries.get(Keyword.of(attribute));
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw ShapeErrors.wrongType(attribute, type.getSimpleName(), value);
    }
    return Optional.of(type.cast(value));
  }

  @Override
  public <R extends Record> R as(Class<R> shape) {
    return RecordShape.of(shape).make(this);
  }
}
