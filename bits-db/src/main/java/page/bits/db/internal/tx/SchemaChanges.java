/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import page.bits.db.Datom;
import page.bits.db.Partition;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Attribute.Uniqueness;
import page.bits.db.internal.schema.Birth;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Schema;
import page.bits.db.internal.schema.ValueType;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// Judges what a transaction does to the schema: new attributes are complete, old ones are altered
/// only as they can be, and nothing that every database is born with is touched.
final class SchemaChanges {
  private static final Set<Long> PROPERTIES =
      Set.of(
          Ids.VALUE_TYPE,
          Ids.CARDINALITY,
          Ids.UNIQUE,
          Ids.IS_COMPONENT,
          Ids.INDEX,
          Ids.NO_HISTORY,
          Ids.EPHEMERAL,
          Ids.FULLTEXT,
          Ids.ATTR_PREDS,
          Ids.TUPLE_TYPE,
          Ids.TUPLE_TYPES,
          Ids.TUPLE_ATTRS,
          Ids.TUPLE_DISCONTINUED);

  private final Before before;
  private final List<Claim> changes;
  private final Schema after;

  private SchemaChanges(Before before, List<Claim> changes) {
    this.before = before;
    this.changes = changes;
    List<Datom> datoms = new ArrayList<>();
    for (Claim change : changes) {
      datoms.add(change.datom(before.tx()));
    }
    this.after = before.schema().with(datoms);
  }

  static void check(Before before, List<Claim> changes) {
    boolean matters = false;
    for (Claim change : changes) {
      matters |= isSchema(change);
    }
    if (matters) {
      new SchemaChanges(before, changes).check();
    }
  }

  private static boolean isSchema(Claim change) {
    return Partition.of(change.e()) == Partition.DB
        || Birth.isBorn(change.e())
        || change.a().id() == Ids.IDENT
        || PROPERTIES.contains(change.a().id());
  }

  private void check() {
    var attributes = new LinkedHashMap<Long, List<Claim>>();
    for (Claim change : changes) {
      if (change.a().id() == Ids.INSTALL_PARTITION) {
        partition(change);
        continue;
      }
      boolean isFixed = change.a().id() < Ids.FIRST_ELEMENT && change.a().id() != Ids.BITS_FORMAT;
      if (Birth.isBorn(change.e()) && isFixed) {
        throw Refusals.bornEntity(
            change.form(), change.e(), before.schema().ident(change.e()).orElse(null));
      }
      if (change.a().id() == Ids.IDENT && change.added()) {
        refuseReserved(change);
      }
      boolean isAttribute = before.schema().attribute(change.e()).isPresent();
      if (PROPERTIES.contains(change.a().id()) || (change.a().id() == Ids.IDENT && isAttribute)) {
        attributes.computeIfAbsent(change.e(), _ -> new ArrayList<>()).add(change);
      }
    }
    for (Map.Entry<Long, List<Claim>> entry : attributes.entrySet()) {
      attribute(entry.getKey(), entry.getValue());
    }
  }

  private void partition(Claim change) {
    long partition = (Long) change.v();
    boolean isNew = before.isNew(partition) && Partition.of(partition) == Partition.DB;
    boolean isInstall = change.added() && change.e() == Ids.PART_DB;
    if (!isNew
        || !isInstall
        || after.ident(partition).isEmpty()
        || Partition.isImplicit(partition)) {
      throw Refusals.badPartition(
          change.form(), after.ident(partition).<Object>map(ident -> ident).orElse(partition));
    }
  }

  private static void refuseReserved(Claim change) {
    Keyword ident = (Keyword) change.v();
    String namespace = ident.namespace().orElse("") + ".";
    if (namespace.startsWith("db.") || namespace.startsWith("bits.")) {
      throw Refusals.reservedIdent(change.form(), ident);
    }
  }

  private void attribute(long e, List<Claim> claims) {
    for (Claim claim : claims) {
      if (claim.added()) {
        propertyValue(claim);
      }
    }
    Optional<Attribute> old = before.schema().attribute(e);
    if (old.isPresent()) {
      new Alteration(before, old.get(), after.attribute(e), claims, changes).check();
    } else {
      install(e, claims);
    }
  }

  /// Checks a property's value by itself.
  private void propertyValue(Claim claim) {
    long property = claim.a().id();
    if (property == Ids.FULLTEXT && Boolean.TRUE.equals(claim.v())) {
      throw Refusals.unsupported(claim.form(), ":db/fulltext");
    }
    if (property == Ids.VALUE_TYPE && Schema.typeOf((Long) claim.v()).isEmpty()) {
      if (claim.v().equals(Ids.TYPE_FN)) {
        throw Refusals.unsupported(
            claim.form(), String.valueOf(after.ident((Long) claim.v()).orElse(null)));
      }
      throw invalid(claim, "not-a-value-type", typeIdents());
    }
    if (property == Ids.CARDINALITY && !isOneOf(claim, Ids.CARDINALITY_ONE, Ids.CARDINALITY_MANY)) {
      throw invalid(claim, "not-a-cardinality", idents(Ids.CARDINALITY_ONE, Ids.CARDINALITY_MANY));
    }
    if (property == Ids.UNIQUE && !isOneOf(claim, Ids.UNIQUE_VALUE, Ids.UNIQUE_IDENTITY)) {
      throw invalid(claim, "not-a-uniqueness", idents(Ids.UNIQUE_VALUE, Ids.UNIQUE_IDENTITY));
    }
  }

  private void install(long e, List<Claim> claims) {
    int form = claims.getFirst().form();
    Keyword ident = after.ident(e).orElse(null);
    var missing = new ArrayList<Keyword>();
    if (ident == null) {
      missing.add(Keyword.of(":db/ident"));
    }
    if (isWithout(claims, Ids.VALUE_TYPE)) {
      missing.add(Keyword.of(":db/valueType"));
    }
    if (isWithout(claims, Ids.CARDINALITY)) {
      missing.add(Keyword.of(":db/cardinality"));
    }
    if (!missing.isEmpty()) {
      throw Refusals.incompleteAttribute(form, ident, missing);
    }
    if (!before.isNew(e) || Partition.of(e) != Partition.DB) {
      throw Refusals.notANewEntity(form, e, ident);
    }
    Attribute attribute = after.attribute(e).orElseThrow();
    new TupleDefinition(after, attribute, claims).check();
    SessionRules.checkEphemeral(attribute, form);
    if (attribute.isComponent() && !attribute.isRef()) {
      throw Refusals.invalidInstall(
          form,
          ident,
          "component-of-no-reference",
          Keyword.of(":db/valueType"),
          Set.of(ValueType.REF.ident()));
    }
    if (attribute.unique() != Uniqueness.NONE && attribute.type() == ValueType.BYTES) {
      throw Refusals.invalidInstall(
          form, ident, "bytes-are-not-unique", Keyword.of(":db/unique"), Set.of());
    }
  }

  private static boolean isWithout(List<Claim> claims, long property) {
    for (Claim claim : claims) {
      if (claim.added() && claim.a().id() == property) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOneOf(Claim claim, long one, long other) {
    return claim.v().equals(one) || claim.v().equals(other);
  }

  private BitsException invalid(Claim claim, String reason, Set<Keyword> expected) {
    return Refusals.invalidInstall(
        claim.form(), after.ident(claim.e()).orElse(null), reason, claim.a().ident(), expected);
  }

  private static Set<Keyword> typeIdents() {
    var idents = new TreeSet<Keyword>();
    for (ValueType type : ValueType.values()) {
      idents.add(type.ident());
    }
    return idents;
  }

  private Set<Keyword> idents(long one, long other) {
    return Set.of(after.ident(one).orElseThrow(), after.ident(other).orElseThrow());
  }
}
