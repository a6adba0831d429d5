/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import page.bits.db.Partition;
import page.bits.db.internal.given.Given;
import page.bits.db.internal.given.GivenErrors;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;
import page.bits.edn.Keyword;
import page.bits.edn.Symbol;
import page.bits.edn.Tagged;

/// Resolves what forms name: attributes, entities, and values that refer to entities.
///
/// Everything is looked up in the value before the transaction, never in the transaction itself;
/// what only the transaction knows is a tempid. That is why this is not
/// [page.bits.db.internal.given.EntityRefs]: an entity can be a tempid here, an id must have been
/// given out, and what is not built is refused. Confined to one evaluation.
final class Names {
  /// Attributes that are born with the database as names only.
  private static final Set<Long> UNBUILT =
      Set.of(
          Ids.INSTALL_VALUE_TYPE,
          Ids.EXCISE,
          Ids.EXCISE_ATTRS,
          Ids.EXCISE_BEFORE_T,
          Ids.EXCISE_BEFORE);

  private static final Set<Long> CODE = Set.of(Ids.INSTALL_FUNCTION, Ids.LANG, Ids.CODE, Ids.FN);

  private static final Symbol LEGACY_TEMPID = Symbol.of("db/id");
  private static final Keyword CURRENT_TX = Keyword.of(":db/current-tx"); // as Datahike says it
  private static final Keyword PART_TX = Keyword.of(":db.part/tx");
  private static final Keyword PART_DB = Keyword.of(":db.part/db");

  private final Before before;
  private final Tempids tempids;
  private final Affinities affinities = new Affinities(this);

  Names(Before before, Tempids tempids) {
    this.before = before;
    this.tempids = tempids;
  }

  Affinities affinities() {
    return affinities;
  }

  /// The attribute that a key names; refused when there is none, or its feature is not built.
  Attribute attribute(@Nullable Object key, int form) {
    Attribute a = attributeOrNull(key, form);
    if (a == null) {
      throw GivenErrors.unknownAttribute(Refusals.at(form), key, before.schema());
    }
    return a;
  }

  /// As [#attribute], null when there is none.
  @Nullable Attribute attributeOrNull(@Nullable Object key, int form) {
    Keyword ident = Given.keyword(key);
    Long id = Given.integer(key);
    if (ident != null) {
      OptionalLong entid = before.schema().entid(ident);
      id = entid.isPresent() ? entid.getAsLong() : null;
    }
    if (id == null) {
      return null;
    }
    if (id < Ids.FIRST_ELEMENT && CODE.contains(id)) {
      throw Refusals.codeInDatabase(form, String.valueOf(key));
    }
    if (id < Ids.FIRST_ELEMENT && UNBUILT.contains(id)) {
      throw Refusals.unsupported(form, String.valueOf(key));
    }
    return before.schema().attribute(id).orElse(null);
  }

  EntityRef entity(@Nullable Object raw, int form) {
    Long id = Given.integer(raw);
    if (id != null) {
      return id < 0 ? tempids.named(Long.toString(id)) : known(id, form);
    }
    return switch (raw) {
      case Keyword ident -> ident(ident, form);
      case String s when Given.keyword(s) instanceof Keyword ident -> ident(ident, form);
      case String tempid -> tempid(tempid, form);
      case List<?> lookupRef -> lookupRef(lookupRef, form);
      case Tagged tagged when tagged.tag().equals(LEGACY_TEMPID) -> legacyTempid(tagged, form);
      case null, default -> throw Refusals.notAnEntityReference(form, raw);
    };
  }

  /// An entity that must exist before the transaction, as functions take it.
  long entityBefore(@Nullable Object raw, int form) {
    return known(entity(raw, form), form);
  }

  /// A value of the attribute; an [EntityRef] if it is a reference.
  Object value(Attribute a, @Nullable Object raw, int form) {
    if (a.isTuple() && raw != null) {
      return TupleValues.of(a, raw, form, slot -> reference(a, slot, form));
    }
    if (!a.isRef()) {
      return Values.of(a, raw, form);
    }
    if (raw == null) {
      throw GivenErrors.nilValue(Refusals.at(form), a);
    }
    return reference(a, raw, form);
  }

  private EntityRef reference(Attribute a, Object raw, int form) {
    if (!mayBeEntity(raw)) {
      throw GivenErrors.wrongType(Refusals.at(form), a, raw);
    }
    return entity(raw, form);
  }

  /// A value that must be known before the transaction: no tempid.
  Object valueBefore(Attribute a, @Nullable Object raw, int form) {
    return TupleValues.with(value(a, raw, form), ref -> known(ref, form));
  }

  /// Whether a list in a place of many references is one lookup ref, not many references: two
  /// elements, a unique attribute first, and second what is not itself an ident.
  ///
  /// `[:user/email "ann@…"]` is a lookup ref; `[:user/email :user/name]` are two entities.
  boolean isLookupRef(List<?> list) {
    Keyword first = list.size() == 2 ? Given.keyword(list.get(0)) : null;
    return first != null
        && before.schema().attribute(first).map(Attribute::isUnique).orElse(false)
        && Given.keyword(list.get(1)) == null
        && (!(list.get(1) instanceof List<?>) || isUniqueTuple(first))
        && !(list.get(1) instanceof Map<?, ?>);
  }

  private boolean isUniqueTuple(Keyword attribute) {
    return before.schema().attribute(attribute).map(Attribute::isTuple).orElse(false);
  }

  private static boolean mayBeEntity(Object raw) {
    return raw instanceof Keyword
        || raw instanceof String
        || raw instanceof List<?>
        || raw instanceof Tagged
        || Given.integer(raw) != null;
  }

  private static long known(EntityRef ref, int form) {
    return switch (ref) {
      case EntityRef.Known known -> known.id();
      case Tempid tempid -> throw Refusals.tempidTooEarly(form, tempid.name().orElse(null));
    };
  }

  private EntityRef known(long id, int form) {
    if (!before.isAllocated(id)) {
      throw Refusals.notAllocated(form, id);
    }
    return new EntityRef.Known(id);
  }

  private EntityRef ident(Keyword ident, int form) {
    if (ident.equals(CURRENT_TX)) {
      return tempids.named(Tempids.TX);
    }
    OptionalLong id = before.schema().entid(ident);
    if (id.isEmpty()) {
      throw GivenErrors.unknownIdent(Refusals.at(form), ident, before.schema());
    }
    return new EntityRef.Known(id.getAsLong());
  }

  private EntityRef tempid(String name, int form) {
    if (name.startsWith("datomic") && !name.equals(Tempids.TX)) {
      throw Refusals.reservedTempid(form, name);
    }
    return tempids.named(name);
  }

  /// `#db/id[:db.part/user]`, fresh each time, or `#db/id[:db.part/user -1]`, by its number, which
  /// in another partition is another tempid.
  private EntityRef legacyTempid(Tagged tagged, int form) {
    if (!(tagged.value() instanceof List<?> parts) || parts.isEmpty() || parts.size() > 2) {
      throw Refusals.notAnEntityReference(form, tagged);
    }
    Keyword named = Given.keyword(parts.get(0));
    if (PART_TX.equals(named)) {
      return tempids.named(Tempids.TX);
    }
    long partition = PART_DB.equals(named) ? Partition.DB : partition(parts.get(0), form);
    Long number = parts.size() == 2 ? Given.integer(parts.get(1)) : Long.valueOf(-1);
    if (number == null || number >= 0) {
      throw Refusals.notAnEntityReference(form, tagged);
    }
    String name = partition == Partition.USER ? "" + number : parts.get(0) + " " + number;
    Tempid tempid = parts.size() == 1 ? Tempids.anonymous() : tempids.named(name);
    if (partition != Partition.USER) {
      affinities.force(tempid, partition, form);
    }
    return tempid;
  }

  /// The number of the partition that an ident or entity id names.
  long partition(@Nullable Object raw, int form) {
    Keyword ident = Given.keyword(raw);
    Long named = Given.integer(raw);
    if (ident != null) {
      OptionalLong id = before.schema().entid(ident);
      named = id.isPresent() ? id.getAsLong() : null;
    }
    if (named != null) {
      long number = named < 1L << 20 ? named : Partition.of(named);
      boolean isItself = Partition.entity(number) == named;
      if (isItself && before.isOfUsers(number)) {
        return number;
      }
    }
    throw Refusals.notAPartition(form, raw);
  }

  /// Whether the lookup ref's value is held by nobody: an entity that came and went.
  boolean isHeldByNobody(@Nullable Object raw, int form) {
    if (!(raw instanceof List<?> list) || list.size() != 2) {
      return false;
    }
    Attribute a = attribute(list.get(0), form);
    return a.isUnique() && before.holder(a, valueBefore(a, list.get(1), form)) == Before.NOBODY;
  }

  private EntityRef lookupRef(List<?> list, int form) {
    if (list.size() != 2) {
      throw GivenErrors.badLookupRef(Refusals.at(form), list.size());
    }
    Attribute a = attribute(list.get(0), form);
    if (!a.isUnique()) {
      throw GivenErrors.lookupNotUnique(Refusals.at(form), a);
    }
    Object value = valueBefore(a, list.get(1), form);
    long holder = before.holder(a, value);
    if (holder == Before.NOBODY) {
      throw GivenErrors.nobodyHolds(Refusals.at(form), a.ident(), value);
    }
    return new EntityRef.Known(holder);
  }
}
