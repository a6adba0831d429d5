/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import page.bits.db.Datom;
import page.bits.db.internal.index.Fact;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Tuple;
import page.bits.db.internal.schema.ValueType;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;

/// The change that a transaction makes to one existing attribute, and whether it can be made.
///
/// `own` are the changes to the attribute's own entity, `all` those of the whole transaction: what
/// the attribute's values must satisfy, they must satisfy after it.
record Alteration(
    Before before, Attribute old, Optional<Attribute> now, List<Claim> own, List<Claim> all) {
  private static final Keyword IDENT = Keyword.of(":db/ident");
  private static final Keyword VALUE_TYPE = Keyword.of(":db/valueType");
  private static final Keyword CARDINALITY = Keyword.of(":db/cardinality");
  private static final Keyword UNIQUE = Keyword.of(":db/unique");
  private static final Keyword IS_COMPONENT = Keyword.of(":db/isComponent");
  private static final String UNSUPPORTED = "unsupported-alter-schema";

  void check() {
    refuse(isChanged(Ids.VALUE_TYPE), UNSUPPORTED, VALUE_TYPE);
    refuse(isDropped(Ids.IDENT), UNSUPPORTED, IDENT);
    refuse(isDropped(Ids.CARDINALITY), UNSUPPORTED, CARDINALITY);
    Attribute attribute = now.orElseThrow(() -> refusal(UNSUPPORTED, IDENT));
    refuseChangedTuple(attribute);
    if (isChanged(Ids.EPHEMERAL)) {
      throw SessionErrors.ephemeralAttribute(form(), old.ident(), "is-so-from-its-installation-on");
    }
    SessionRules.checkEphemeral(attribute, form());
    if (attribute.isMany()) {
      refuse(old.isComposite(), "tuple-of-attrs-must-be-card-one", CARDINALITY);
      refuse(
          !before.schema().compositesWith(old.id()).isEmpty(),
          "constituent-of-a-composite-must-be-card-one",
          CARDINALITY);
    }
    refuse(attribute.isComponent() && !attribute.isRef(), UNSUPPORTED, IS_COMPONENT);
    if (old.isMany() && !attribute.isMany()) {
      checkOneValueEach();
    }
    if (!old.isUnique() && attribute.isUnique()) {
      refuse(attribute.type() == ValueType.BYTES, UNSUPPORTED, UNIQUE);
      refuse(
          !old.hasAvet() && !before.all(Ranges.a(old.id())).isEmpty(),
          "unique-without-index",
          UNIQUE);
      checkOneHolderEach();
    }
  }

  /// What tuples are made of stays; a composite can be discontinued, once for ever.
  private void refuseChangedTuple(Attribute attribute) {
    for (Claim claim : own) {
      long property = claim.a().id();
      refuse(TupleDefinition.isKind(property), UNSUPPORTED, claim.a().ident());
      if (property == Ids.TUPLE_DISCONTINUED) {
        boolean isEnded = claim.added() && Boolean.TRUE.equals(claim.v());
        boolean isComposite = attribute.tuple() instanceof Tuple.Composite;
        refuse(!isEnded || !isComposite, UNSUPPORTED, claim.a().ident());
      }
    }
  }

  private void checkOneValueEach() {
    Map<Long, Datom> byEntity = new HashMap<>();
    for (Datom datom : valuesAfter()) {
      Datom other = byEntity.putIfAbsent(datom.e(), datom);
      if (other != null) {
        throw Refusals.invalidAlter(
            form(), old, "cardinality-violation", CARDINALITY, List.of(other, datom));
      }
    }
  }

  private void checkOneHolderEach() {
    Map<Object, Datom> byValue = new HashMap<>();
    for (Datom datom : valuesAfter()) {
      Datom other = byValue.putIfAbsent(datom.v(), datom);
      if (other != null) {
        throw Refusals.invalidAlter(form(), old, "unique-violation", UNIQUE, List.of(other, datom));
      }
    }
  }

  /// The attribute's datoms that hold after the transaction.
  private List<Datom> valuesAfter() {
    Set<Fact> retracted = new HashSet<>();
    List<Datom> values = new ArrayList<>();
    for (Claim change : all) {
      if (change.a().id() == old.id()) {
        if (change.added()) {
          values.add(change.datom(before.tx()));
        } else {
          retracted.add(change.fact());
        }
      }
    }
    for (Datom datom : before.all(Ranges.a(old.id()))) {
      if (!retracted.contains(Fact.of(datom))) {
        values.add(datom);
      }
    }
    return values;
  }

  private boolean isChanged(long property) {
    for (Claim claim : own) {
      if (claim.a().id() == property) {
        return true;
      }
    }
    return false;
  }

  /// Whether a property goes without another in its place.
  private boolean isDropped(long property) {
    boolean dropped = false;
    for (Claim claim : own) {
      if (claim.a().id() == property) {
        if (claim.added()) {
          return false;
        }
        dropped = true;
      }
    }
    return dropped;
  }

  private void refuse(boolean condition, String reason, Keyword property) {
    if (condition) {
      throw refusal(reason, property);
    }
  }

  private BitsException refusal(String reason, Keyword property) {
    return Refusals.invalidAlter(form(), old, reason, property, List.of());
  }

  private int form() {
    return own.getFirst().form();
  }
}
