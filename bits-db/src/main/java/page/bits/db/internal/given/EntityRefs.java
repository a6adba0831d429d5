/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.NearNames;
import page.bits.db.internal.schema.Schema;
import page.bits.edn.Keyword;

/// How entities and attributes are named: an entity id, an ident, or a lookup ref.
public final class EntityRefs {
  private EntityRefs() {}

  /// The entity id that is meant; null when nobody holds the lookup ref's value. `form` says where
  /// the reference stands, for errors. Errors: `:db.error/not-an-entity` for an unknown ident or
  /// what is no reference at all, `:db.error/not-an-attribute`,
  /// `:db.error/lookup-ref-attr-not-unique`, `:db.error/wrong-type-for-attribute`.
  public static @Nullable Long resolve(
      DatomSource source, @Nullable Object entity, @Nullable Object form) {
    Object given = Given.normal(entity);
    Keyword ident = Given.keyword(given);
    if (ident != null) {
      return ident(source.schema(), ident, form);
    }
    return switch (given) {
      case Long e -> e;
      case List<?> lookup when isLookup(lookup) -> holder(source, lookup, form);
      case null, default -> throw GivenErrors.notAnEntity(entity, form);
    };
  }

  private static boolean isLookup(List<?> list) {
    return list.size() == 2
        && list.get(1) != null
        && (list.getFirst() instanceof Long || Given.keyword(list.getFirst()) != null);
  }

  /// The entity that an ident names.
  public static long ident(Schema schema, Keyword ident, @Nullable Object form) {
    OptionalLong e = schema.entid(ident);
    if (e.isEmpty()) {
      throw GivenErrors.unknownIdent(ident, form, near(schema, ident));
    }
    return e.getAsLong();
  }

  private static @Nullable Long holder(DatomSource source, List<?> lookup, @Nullable Object form) {
    Attribute attribute = attribute(source.schema(), lookup.getFirst(), lookup);
    if (!attribute.isUnique()) {
      throw GivenErrors.lookupNotUnique(attribute.ident());
    }
    Object given = lookup.get(1);
    Object value =
        attribute.isRef()
            ? resolve(source, given, form)
            : given == null ? null : Coercion.to(attribute.type(), given);
    if (value == null) {
      if (attribute.isRef()) {
        return null;
      }
      throw GivenErrors.wrongType(
          attribute.ident(), attribute.type().ident().toString(), given, form);
    }
    Iterator<Datom> datoms = source.read(Ranges.av(attribute.id(), value));
    return datoms.hasNext() ? datoms.next().e() : null;
  }

  /// The attribute that an ident or entity id names. Errors: `:db.error/not-an-attribute` with the
  /// names that are near.
  public static Attribute attribute(Schema schema, @Nullable Object name, Object form) {
    Keyword ident = Given.keyword(name);
    if (ident != null) {
      return schema
          .attribute(ident)
          .orElseThrow(
              () -> GivenErrors.unknownAttribute(ident, form, nearAttributes(schema, ident)));
    }
    if (Given.normal(name) instanceof Long id) {
      return schema
          .attribute(id)
          .orElseThrow(() -> GivenErrors.unknownAttribute(id, form, List.of()));
    }
    throw GivenErrors.unknownAttribute(String.valueOf(name), form, List.of());
  }

  /// The idents of attributes that are near to this one.
  public static List<String> nearAttributes(Schema schema, Keyword ident) {
    return NearNames.of(
        ident.toString(),
        schema.attributes().stream().map(attribute -> attribute.ident().toString()).toList());
  }

  private static List<String> near(Schema schema, Keyword ident) {
    return NearNames.of(ident.toString(), texts(schema.idents()));
  }

  private static List<String> texts(Collection<Keyword> keywords) {
    return keywords.stream().map(Keyword::toString).toList();
  }
}
