/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Index;
import page.bits.db.internal.schema.Attribute.Uniqueness;
import page.bits.edn.Keyword;

/// The attributes and idents of one database value. Immutable; a fold over the datoms that define
/// them.
///
/// A renamed entity keeps answering to its old idents until one of them is given to another entity;
/// one that loses its ident without getting another answers to none.
public final class Schema {
  private static final Map<Long, ValueType> TYPES =
      Map.ofEntries(
          Map.entry(Ids.TYPE_REF, ValueType.REF),
          Map.entry(Ids.TYPE_KEYWORD, ValueType.KEYWORD),
          Map.entry(Ids.TYPE_LONG, ValueType.LONG),
          Map.entry(Ids.TYPE_STRING, ValueType.STRING),
          Map.entry(Ids.TYPE_BOOLEAN, ValueType.BOOLEAN),
          Map.entry(Ids.TYPE_INSTANT, ValueType.INSTANT),
          Map.entry(Ids.TYPE_BYTES, ValueType.BYTES),
          Map.entry(Ids.TYPE_UUID, ValueType.UUID),
          Map.entry(Ids.TYPE_DOUBLE, ValueType.DOUBLE),
          Map.entry(Ids.TYPE_FLOAT, ValueType.FLOAT),
          Map.entry(Ids.TYPE_URI, ValueType.URI),
          Map.entry(Ids.TYPE_BIGINT, ValueType.BIGINT),
          Map.entry(Ids.TYPE_BIGDEC, ValueType.BIGDEC),
          Map.entry(Ids.TYPE_SYMBOL, ValueType.SYMBOL));

  private final Map<Keyword, Long> entids;
  private final Map<Long, Keyword> idents;
  private final Map<Long, Map<Long, Object>> properties;
  private final Map<Long, Attribute> attributes;

  private Schema(
      Map<Keyword, Long> entids,
      Map<Long, Keyword> idents,
      Map<Long, Map<Long, Object>> properties,
      Map<Long, Attribute> attributes) {
    this.entids = entids;
    this.idents = idents;
    this.properties = properties;
    this.attributes = attributes;
  }

  /// The schema of nothing at all, from which the birth datoms are folded.
  public static Schema empty() {
    return new Schema(Map.of(), Map.of(), Map.of(), Map.of());
  }

  /// The type that a `:db.type/*` entity stands for; empty for one that has no values here (tuple,
  /// fn).
  public static Optional<ValueType> typeOf(long typeEntity) {
    return Optional.ofNullable(TYPES.get(typeEntity));
  }

  public Optional<Attribute> attribute(long id) {
    return Optional.ofNullable(attributes.get(id));
  }

  public Optional<Attribute> attribute(Keyword ident) {
    Long id = entids.get(ident);
    return id == null ? Optional.empty() : attribute(id);
  }

  public Collection<Attribute> attributes() {
    return Collections.unmodifiableCollection(attributes.values());
  }

  /// The entity that an ident names, by its newest or an older name.
  public OptionalLong entid(Keyword ident) {
    Long id = entids.get(ident);
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /// The newest ident of an entity.
  public Optional<Keyword> ident(long entity) {
    return Optional.ofNullable(idents.get(entity));
  }

  /// All idents that resolve, for suggestions in errors.
  public Collection<Keyword> idents() {
    return Collections.unmodifiableCollection(entids.keySet());
  }

  /// Whether the index holds the datom.
  public boolean covers(Index index, Datom datom) {
    return switch (index) {
      case EAVT, AEVT -> true;
      case AVET -> attribute(datom.a()).map(Attribute::hasAvet).orElse(false);
      case VAET -> attribute(datom.a()).map(Attribute::isRef).orElse(false);
    };
  }

  /// Whether folding the datom changes a schema.
  public static boolean isSchemaDatom(Datom datom) {
    return datom.a() == Ids.IDENT || (datom.e() < 1L << 20 && isProperty(datom.a()));
  }

  private static boolean isProperty(long a) {
    return a == Ids.VALUE_TYPE
        || a == Ids.CARDINALITY
        || a == Ids.UNIQUE
        || a == Ids.IS_COMPONENT
        || a == Ids.INDEX
        || a == Ids.NO_HISTORY;
  }

  /// The schema after these datoms of one transaction; this very schema when none of them matters.
  public Schema with(List<Datom> txData) {
    boolean changes = false;
    for (Datom datom : txData) {
      changes |= isSchemaDatom(datom);
    }
    return changes ? fold(txData) : this;
  }

  private Schema fold(List<Datom> txData) {
    var newEntids = new HashMap<>(entids);
    var newIdents = new HashMap<>(idents);
    var newProperties = new HashMap<>(properties);
    for (Datom datom : txData) { // retractions first: an ident may move within a transaction
      if (isSchemaDatom(datom) && !datom.added()) {
        retract(datom, newIdents, newProperties);
      }
    }
    for (Datom datom : txData) {
      if (isSchemaDatom(datom) && datom.added()) {
        assertDatom(datom, newEntids, newIdents, newProperties);
      }
    }
    for (Datom datom : txData) {
      if (datom.a() == Ids.IDENT && !newIdents.containsKey(datom.e())) {
        newEntids.values().removeIf(named -> named == datom.e());
      }
    }
    var newAttributes = new HashMap<Long, Attribute>();
    newProperties.forEach(
        (e, values) -> {
          Attribute attribute = attributeOf(e, newIdents.get(e), values);
          if (attribute != null) {
            newAttributes.put(e, attribute);
          }
        });
    return new Schema(newEntids, newIdents, newProperties, newAttributes);
  }

  private static void retract(
      Datom datom, Map<Long, Keyword> idents, Map<Long, Map<Long, Object>> properties) {
    if (datom.a() == Ids.IDENT) {
      idents.remove(datom.e(), datom.v());
    } else {
      var values = new HashMap<>(properties.getOrDefault(datom.e(), Map.of()));
      values.remove(datom.a(), datom.v());
      properties.put(datom.e(), values);
    }
  }

  private static void assertDatom(
      Datom datom,
      Map<Keyword, Long> entids,
      Map<Long, Keyword> idents,
      Map<Long, Map<Long, Object>> properties) {
    if (datom.a() == Ids.IDENT) {
      entids.put((Keyword) datom.v(), datom.e());
      idents.put(datom.e(), (Keyword) datom.v());
    } else {
      var values = new HashMap<>(properties.getOrDefault(datom.e(), Map.of()));
      values.put(datom.a(), datom.v());
      properties.put(datom.e(), values);
    }
  }

  private static @Nullable Attribute attributeOf(
      long id, @Nullable Keyword ident, Map<Long, Object> values) {
    ValueType type = values.get(Ids.VALUE_TYPE) instanceof Long t ? TYPES.get(t) : null;
    if (ident == null || type == null) {
      return null;
    }
    return new Attribute(
        id,
        ident,
        type,
        Long.valueOf(Ids.CARDINALITY_MANY).equals(values.get(Ids.CARDINALITY)),
        Long.valueOf(Ids.UNIQUE_IDENTITY).equals(values.get(Ids.UNIQUE))
            ? Uniqueness.IDENTITY
            : Long.valueOf(Ids.UNIQUE_VALUE).equals(values.get(Ids.UNIQUE))
                ? Uniqueness.VALUE
                : Uniqueness.NONE,
        Boolean.TRUE.equals(values.get(Ids.INDEX)),
        Boolean.TRUE.equals(values.get(Ids.IS_COMPONENT)),
        Boolean.TRUE.equals(values.get(Ids.NO_HISTORY)));
  }
}
