/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Index;
import page.bits.edn.Keyword;

/// The attributes and idents of one database value. Immutable; a fold over the datoms that define
/// them.
///
/// A renamed entity keeps answering to its old idents until one of them is given to another entity;
/// one that loses its ident without getting another answers to none.
public final class Schema {
  private static final Set<Long> DEFINING =
      Set.of(
          Ids.IDENT,
          Ids.VALUE_TYPE,
          Ids.CARDINALITY,
          Ids.UNIQUE,
          Ids.IS_COMPONENT,
          Ids.INDEX,
          Ids.NO_HISTORY,
          Ids.EPHEMERAL,
          Ids.INSTALL_PARTITION,
          Ids.TUPLE_TYPE,
          Ids.TUPLE_TYPES,
          Ids.TUPLE_ATTRS,
          Ids.ATTR_PREDS,
          Ids.TUPLE_DISCONTINUED);

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
          Map.entry(Ids.TYPE_SYMBOL, ValueType.SYMBOL),
          Map.entry(Ids.TYPE_TUPLE, ValueType.TUPLE));

  private final Map<Keyword, Long> entids;
  private final Map<Long, Keyword> idents;
  private final Map<Long, Map<Long, Object>> properties;
  private final Map<Long, Attribute> attributes;
  private final @Nullable Attribute[] byId;
  private final Map<Long, List<Attribute>> composites;

  /// What [SchemaFold] made; it hands its maps over.
  Schema(
      Map<Keyword, Long> entids,
      Map<Long, Keyword> idents,
      Map<Long, Map<Long, Object>> properties,
      Map<Long, Attribute> attributes) {
    this.entids = entids;
    this.idents = idents;
    this.properties = properties;
    this.attributes = attributes;
    this.byId = byId(attributes);
    this.composites = compositesOf(attributes.values());
  }

  /// Their ids are small and dense: looked up for every datom, and without a hash.
  private static @Nullable Attribute[] byId(Map<Long, Attribute> attributes) {
    long last = attributes.keySet().stream().mapToLong(id -> id).max().orElse(-1);
    var byId = new @Nullable Attribute[Math.toIntExact(last + 1)];
    attributes.forEach((id, attribute) -> byId[id.intValue()] = attribute);
    return byId;
  }

  private @Nullable Attribute at(long id) {
    return id >= 0 && id < byId.length ? byId[(int) id] : null;
  }

  private static Map<Long, List<Attribute>> compositesOf(Collection<Attribute> attributes) {
    var composites = new HashMap<Long, List<Attribute>>();
    for (Attribute attribute : attributes) {
      if (attribute.isComposite() && attribute.tuple() instanceof Tuple.Composite composite) {
        for (long member : Set.copyOf(composite.attributes())) {
          composites.computeIfAbsent(member, _ -> new ArrayList<>()).add(attribute);
        }
      }
    }
    return composites;
  }

  Map<Keyword, Long> entids() {
    return entids;
  }

  Map<Long, Keyword> identsByEntity() {
    return idents;
  }

  Map<Long, Map<Long, Object>> properties() {
    return properties;
  }

  /// The schema of nothing at all, from which the birth datoms are folded.
  public static Schema empty() {
    return new Schema(Map.of(), Map.of(), Map.of(), Map.of());
  }

  /// The type that a `:db.type/*` entity stands for; empty for one that has no values here (fn).
  public static Optional<ValueType> typeOf(long typeEntity) {
    return Optional.ofNullable(TYPES.get(typeEntity));
  }

  public Optional<Attribute> attribute(long id) {
    return Optional.ofNullable(at(id));
  }

  public Optional<Attribute> attribute(Keyword ident) {
    Long id = entids.get(ident);
    return id == null ? Optional.empty() : attribute(id);
  }

  /// The composites that an attribute is part of and that are kept.
  public List<Attribute> compositesWith(long attribute) {
    return composites.isEmpty() ? List.of() : composites.getOrDefault(attribute, List.of());
  }

  /// Whether the entity is a partition that was installed.
  public boolean isInstalledPartition(long entity) {
    Object installed = properties.getOrDefault(Ids.PART_DB, Map.of()).get(Ids.INSTALL_PARTITION);
    return installed instanceof Set<?> partitions && partitions.contains(entity);
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

  /// Whether datoms of the attribute are ephemeral.
  public boolean isEphemeral(long attribute) {
    Attribute found = attributes.get(attribute);
    return found != null && found.isEphemeral();
  }

  /// Whether the index holds the datom.
  public boolean covers(Index index, Datom datom) {
    return switch (index) {
      case EAVT, AEVT -> true;
      case AVET -> at(datom.a()) instanceof Attribute a && a.hasAvet();
      case VAET -> at(datom.a()) instanceof Attribute a && a.isRef();
    };
  }

  /// Every attribute whose datoms may change a schema.
  public static Set<Long> definingAttributes() {
    return DEFINING;
  }

  /// Whether folding the datom changes a schema.
  public static boolean isSchemaDatom(Datom datom) {
    return datom.a() == Ids.IDENT || (datom.e() < 1L << 20 && DEFINING.contains(datom.a()));
  }

  /// The schema after these datoms of one transaction; this very schema when none of them matters.
  public Schema with(List<Datom> txData) {
    boolean changes = false;
    for (Datom datom : txData) {
      changes |= isSchemaDatom(datom);
    }
    return changes ? new SchemaFold(this).apply(txData) : this;
  }
}
