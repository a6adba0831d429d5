/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.value;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import page.bits.db.Datom;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.edn.Keyword;

/// Finds the entity that an entity id, an ident or a lookup ref means. Stateless.
public final class Entids {
  private Entids() {}

  /// The entity id; empty when no entity has that ident or unique value. A number is its own id.
  public static OptionalLong find(DatomSource source, Object entity) {
    return switch (entity) {
      case Long id -> OptionalLong.of(id);
      case Integer id -> OptionalLong.of(id);
      case Keyword ident -> source.schema().entid(ident);
      case String text when text.startsWith(":") -> source.schema().entid(Keyword.of(text));
      case List<?> lookup -> lookup(source, lookup);
      default -> throw ValueErrors.notAnEntity(entity);
    };
  }

  /// As [#find(DatomSource, Object)], with an error where there is none.
  static long require(DatomSource source, Object entity) {
    return find(source, entity).orElseThrow(() -> ValueErrors.notAnEntity(entity));
  }

  /// The attribute that an ident or id names.
  static Attribute attribute(DatomSource source, Object attribute) {
    OptionalLong id = find(source, attribute);
    return (id.isEmpty()
            ? java.util.Optional.<Attribute>empty()
            : source.schema().attribute(id.getAsLong()))
        .orElseThrow(() -> ValueErrors.notAnAttribute(attribute));
  }

  private static OptionalLong lookup(DatomSource source, List<?> lookup) {
    if (lookup.size() != 2) {
      throw ValueErrors.invalidLookupRef("it has " + lookup.size() + " elements");
    }
    Object name = lookup.get(0);
    Object value = lookup.get(1);
    if (name == null || value == null) {
      throw ValueErrors.invalidLookupRef("nil");
    }
    Attribute attribute = attribute(source, name);
    if (!attribute.isUnique()) {
      throw ValueErrors.notUnique(attribute.ident());
    }
    Object held = Components.value(source, attribute, value);
    Iterator<Datom> holders = source.read(Ranges.av(attribute.id(), held));
    return holders.hasNext() ? OptionalLong.of(holders.next().e()) : OptionalLong.empty();
  }
}
