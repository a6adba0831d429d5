/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.internal.schema.Attribute.Uniqueness;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;

/// Makes the schema after a transaction from the one before it. Confined to one call.
///
/// Every peer folds the same datoms in the same order to the same schema.
final class SchemaFold {
  /// What stands for a member that no name led to; refused before it can be committed.
  static final long UNKNOWN = -1;

  private final Map<Keyword, Long> entids;
  private final Map<Long, Keyword> idents;
  private final Map<Long, Map<Long, Object>> properties;

  SchemaFold(Schema before) {
    this.entids = new HashMap<>(before.entids());
    this.idents = new HashMap<>(before.identsByEntity());
    this.properties = new HashMap<>(before.properties());
  }

  Schema apply(List<Datom> txData) {
    List<Datom> datoms = txData.stream().filter(Schema::isSchemaDatom).toList();
    for (Datom datom : datoms) { // retractions first: an ident may move within a transaction
      if (!datom.added()) {
        retract(datom);
      }
    }
    for (Datom datom : datoms) {
      if (datom.added() && datom.a() == Ids.IDENT) {
        entids.put((Keyword) datom.v(), datom.e());
        idents.put(datom.e(), (Keyword) datom.v());
      }
    }
    for (Datom datom : datoms) { // after the idents: composites name their members by them
      if (datom.added() && datom.a() != Ids.IDENT) {
        set(datom);
      }
    }
    for (Datom datom : datoms) {
      if (datom.a() == Ids.IDENT && !idents.containsKey(datom.e())) {
        entids.values().removeIf(named -> named == datom.e());
      }
    }
    return new Schema(entids, idents, properties, attributes());
  }

  private void retract(Datom datom) {
    if (datom.a() == Ids.IDENT) {
      idents.remove(datom.e(), datom.v());
      return;
    }
    var values = new HashMap<>(properties.getOrDefault(datom.e(), Map.of()));
    if (isMany(datom.a())) {
      Set<Object> left = setOf(values, datom.a());
      left.remove(datom.v());
      values.put(datom.a(), left);
    } else {
      values.remove(datom.a(), held(datom));
    }
    properties.put(datom.e(), values);
  }

  private void set(Datom datom) {
    var values = new HashMap<>(properties.getOrDefault(datom.e(), Map.of()));
    if (isMany(datom.a())) {
      Set<Object> more = setOf(values, datom.a());
      more.add(datom.v());
      values.put(datom.a(), more);
    } else {
      values.put(datom.a(), held(datom));
    }
    properties.put(datom.e(), values);
  }

  private static boolean isMany(long property) {
    return property == Ids.ATTR_PREDS || property == Ids.INSTALL_PARTITION;
  }

  private static Set<Object> setOf(Map<Long, Object> values, long property) {
    return values.get(property) instanceof Set<?> set ? new HashSet<>(set) : new HashSet<>();
  }

  /// The property's value; of a composite its members by what their names mean now, since a name
  /// may mean another attribute later.
  private Object held(Datom datom) {
    if (datom.a() != Ids.TUPLE_ATTRS) {
      return datom.v();
    }
    var members = new ArrayList<Long>();
    for (Object name : (List<?>) datom.v()) {
      members.add(name instanceof Keyword ident ? entids.getOrDefault(ident, UNKNOWN) : UNKNOWN);
    }
    return List.copyOf(members);
  }

  private Map<Long, Attribute> attributes() {
    var attributes = new HashMap<Long, Attribute>();
    properties.forEach(
        (e, values) -> {
          Attribute attribute = attribute(e, idents.get(e), values);
          if (attribute != null) {
            attributes.put(e, attribute);
          }
        });
    return attributes;
  }

  private @Nullable Attribute attribute(
      long id, @Nullable Keyword ident, Map<Long, Object> values) {
    Optional<ValueType> type = typeOf(values);
    if (ident == null || type.isEmpty()) {
      return null;
    }
    return new Attribute(
        id,
        ident,
        type.get(),
        Long.valueOf(Ids.CARDINALITY_MANY).equals(values.get(Ids.CARDINALITY)),
        uniqueness(values.get(Ids.UNIQUE)),
        Boolean.TRUE.equals(values.get(Ids.INDEX)),
        Boolean.TRUE.equals(values.get(Ids.IS_COMPONENT)),
        Boolean.TRUE.equals(values.get(Ids.NO_HISTORY)),
        Boolean.TRUE.equals(values.get(Ids.EPHEMERAL)),
        tuple(values),
        predicates(values));
  }

  private static Optional<ValueType> typeOf(Map<Long, Object> values) {
    return values.get(Ids.VALUE_TYPE) instanceof Long type ? Schema.typeOf(type) : Optional.empty();
  }

  private static Uniqueness uniqueness(@Nullable Object unique) {
    if (Long.valueOf(Ids.UNIQUE_IDENTITY).equals(unique)) {
      return Uniqueness.IDENTITY;
    }
    return Long.valueOf(Ids.UNIQUE_VALUE).equals(unique) ? Uniqueness.VALUE : Uniqueness.NONE;
  }

  private static Set<Symbol> predicates(Map<Long, Object> values) {
    var predicates = new HashSet<Symbol>();
    setOf(values, Ids.ATTR_PREDS).forEach(predicate -> predicates.add((Symbol) predicate));
    return predicates;
  }

  private Tuple tuple(Map<Long, Object> values) {
    if (values.get(Ids.TUPLE_TYPE) instanceof Keyword type) {
      return typeNamed(type).<Tuple>map(Tuple.Homogeneous::new).orElse(new Tuple.None());
    }
    if (values.get(Ids.TUPLE_TYPES) instanceof List<?> names) {
      var types = new ArrayList<ValueType>();
      names.forEach(name -> typeNamed(name).ifPresent(types::add));
      return types.size() == names.size() ? new Tuple.Heterogeneous(types) : new Tuple.None();
    }
    if (values.get(Ids.TUPLE_ATTRS) instanceof List<?> members) {
      return composite(members, Boolean.TRUE.equals(values.get(Ids.TUPLE_DISCONTINUED)));
    }
    return new Tuple.None();
  }

  private Optional<ValueType> typeNamed(@Nullable Object name) {
    Long type = name instanceof Keyword ident ? entids.get(ident) : null;
    return type == null ? Optional.empty() : Schema.typeOf(type);
  }

  private Tuple composite(List<?> members, boolean isDiscontinued) {
    var ids = new ArrayList<Long>();
    var types = new ArrayList<ValueType>();
    for (Object member : members) {
      ids.add((Long) member);
      typeOf(properties.getOrDefault((Long) member, Map.of())).ifPresent(types::add);
    }
    return types.size() == ids.size()
        ? new Tuple.Composite(ids, types, isDiscontinued)
        : new Tuple.None();
  }
}
