/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Schema;
import page.bits.db.internal.schema.Tuple;
import page.bits.db.internal.schema.ValueType;
import page.bits.edn.Keyword;

/// How entities and attributes are named: an entity id, an ident, or a lookup ref. Stateless.
///
/// Serves whoever reads a database value; a transaction names entities in more ways (tempids), so
/// its evaluation has its own, with the errors of this one. `form` says where the name stands, for
/// errors: `:db.error/not-an-entity` for an unknown ident or what names no entity at all,
/// `:db.error/not-an-attribute`, `:db.error/invalid-lookup-ref`,
/// `:db.error/lookup-ref-attr-not-unique`, `:db.error/nil-value`,
/// `:db.error/wrong-type-for-attribute`.
public final class EntityRefs {
  private EntityRefs() {}

  /// Refuses a history: it has no entities.
  public static void requireEntities(DatomSource source, String what) {
    if (source.isHistory()) {
      throw GivenErrors.onHistory(what);
    }
  }

  /// The entity that is meant; empty when none has the ident, or holds the lookup ref's value.
  public static OptionalLong find(DatomSource source, Object entity, Object form) {
    Keyword ident = Given.keyword(entity);
    if (ident != null) {
      return source.schema().entid(ident);
    }
    Long e = resolve(source, entity, form);
    return e == null ? OptionalLong.empty() : OptionalLong.of(e);
  }

  /// The entity that is meant; null when nobody holds the lookup ref's value, an error when none
  /// has the ident: data comes and goes, a misspelt name is a mistake.
  public static @Nullable Long resolve(
      DatomSource source, @Nullable Object entity, @Nullable Object form) {
    Object given = Given.normal(entity);
    Keyword ident = Given.keyword(given);
    if (ident != null) {
      return ident(source.schema(), ident, form);
    }
    return switch (given) {
      case Long e -> e;
      case List<?> lookup -> holder(source, lookup, form);
      case null, default -> throw GivenErrors.notAnEntity(GivenErrors.clause(form), entity);
    };
  }

  /// The entity that is meant; an error when there is none.
  public static long require(DatomSource source, Object entity, @Nullable Object form) {
    Long e = resolve(source, entity, form);
    if (e == null) { // only a lookup ref can lead to nobody
      List<?> lookup = (List<?>) entity;
      throw GivenErrors.nobodyHolds(GivenErrors.clause(form), lookup.getFirst(), lookup.getLast());
    }
    return e;
  }

  /// The entity that an ident names.
  public static long ident(Schema schema, Keyword ident, @Nullable Object form) {
    return schema
        .entid(ident)
        .orElseThrow(() -> GivenErrors.unknownIdent(GivenErrors.clause(form), ident, schema));
  }

  private static @Nullable Long holder(DatomSource source, List<?> lookup, @Nullable Object form) {
    if (lookup.size() != 2) {
      throw GivenErrors.badLookupRef(GivenErrors.clause(form), lookup.size());
    }
    Attribute attribute = attribute(source.schema(), lookup.getFirst(), form);
    if (!attribute.isUnique()) {
      throw GivenErrors.lookupNotUnique(GivenErrors.clause(form), attribute);
    }
    Object given = lookup.get(1);
    if (given == null) {
      throw GivenErrors.nilValue(GivenErrors.clause(form), attribute);
    }
    Object value =
        attribute.isRef()
            ? resolve(source, given, form)
            : Coercion.to(attribute, slots(source, attribute, given, form), form);
    if (value == null) {
      return null;
    }
    Iterator<Datom> datoms = source.read(Ranges.av(attribute.id(), value));
    if (source.isHistory()) {
      return lastHolder(datoms);
    }
    return datoms.hasNext() ? datoms.next().e() : null;
  }

  /// In a history, the entity that holds the value, else the one that held it last.
  private static @Nullable Long lastHolder(Iterator<Datom> words) {
    Datom last = null;
    while (words.hasNext()) {
      Datom word = words.next();
      last = word.added() && (last == null || word.tx() > last.tx()) ? word : last;
    }
    return last == null ? null : last.e();
  }

  /// A value of the attribute as datoms hold it; the entity that is meant where it is a reference.
  public static Object value(DatomSource source, Attribute attribute, Object given, Object form) {
    return attribute.isRef()
        ? (Object) require(source, given, form)
        : Coercion.to(attribute, slots(source, attribute, given, form), form);
  }

  /// The value of a tuple with entity ids where its slots refer to entities; any other value as it
  /// is.
  private static Object slots(
      DatomSource source, Attribute attribute, Object given, @Nullable Object form) {
    Tuple tuple = attribute.tuple();
    if (!(given instanceof List<?> slots) || slots.size() > tuple.slots()) {
      return given;
    }
    var values = new ArrayList<@Nullable Object>(slots.size());
    for (Object slot : slots) {
      boolean isRef = slot != null && tuple.type(values.size()) == ValueType.REF;
      values.add(isRef ? (Object) require(source, slot, form) : slot);
    }
    return values;
  }

  /// The attribute that an ident or entity id names; else an error with the names that are near.
  public static Attribute attribute(Schema schema, @Nullable Object name, @Nullable Object form) {
    Keyword ident = Given.keyword(name);
    return (ident != null
            ? schema.attribute(ident)
            : Given.normal(name) instanceof Long id
                ? schema.attribute(id)
                : Optional.<Attribute>empty())
        .orElseThrow(() -> GivenErrors.unknownAttribute(GivenErrors.clause(form), name, schema));
  }
}
