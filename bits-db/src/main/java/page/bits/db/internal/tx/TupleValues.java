/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Tuple;
import page.bits.db.internal.schema.ValueType;

/// Tuples in forms: where a slot refers to an entity, it is an [EntityRef] until every tempid has
/// its entity. Stateless.
final class TupleValues {
  private TupleValues() {}

  /// The tuple that a form gives; `entity` reads what stands in a slot of references.
  static Object of(
      Attribute a, @Nullable Object raw, int form, Function<Object, EntityRef> entity) {
    Tuple tuple = a.tuple();
    if (!(raw instanceof List<?> slots) || !tuple.accepts(slots.size())) {
      throw Refusals.invalidTuple(form, a, raw);
    }
    var values = new ArrayList<@Nullable Object>(slots.size());
    for (Object slot : slots) {
      values.add(slot == null ? null : slot(a, values.size(), raw, slot, form, entity));
    }
    return Collections.unmodifiableList(values);
  }

  private static Object slot(
      Attribute a,
      int index,
      Object raw,
      Object slot,
      int form,
      Function<Object, EntityRef> entity) {
    ValueType type = a.tuple().type(index);
    if (type == ValueType.REF) {
      return entity.apply(slot);
    }
    Object value = Values.of(a, type, slot, form);
    if (value == null) {
      throw Refusals.invalidTuple(form, a, raw);
    }
    if (value instanceof String text && text.length() > Tuple.TEXT_LENGTH_MAX) {
      throw Refusals.valueTooLarge(form, a, Tuple.TEXT_LENGTH_MAX + " chars in a slot");
    }
    return value;
  }

  /// Whether an entity that the value names is a tempid not resolved yet.
  static boolean isOpen(Object value) {
    return entities(value).stream()
        .anyMatch(ref -> ref instanceof Tempid tempid && !tempid.isResolved());
  }

  /// The entities that the value is or has in its slots.
  static List<EntityRef> entities(@Nullable Object value) {
    return switch (value) {
      case EntityRef ref -> List.of(ref);
      case List<?> slots -> slots.stream().flatMap(slot -> entities(slot).stream()).toList();
      case null, default -> List.of();
    };
  }

  /// The value with what `replacement` gives in the place of every entity.
  static Object with(Object value, Function<EntityRef, Object> replacement) {
    return switch (value) {
      case EntityRef ref -> replacement.apply(ref);
      case List<?> slots -> {
        var values = new ArrayList<@Nullable Object>(slots.size());
        for (Object slot : slots) {
          values.add(slot == null ? null : with(slot, replacement));
        }
        yield Collections.unmodifiableList(values);
      }
      default -> value;
    };
  }

  /// The value as datoms hold it; every tempid in it is resolved.
  static Object resolved(Object value) {
    return with(value, EntityRef::id);
  }
}
