/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.tx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.Ids;
import page.bits.db.internal.schema.Schema;
import page.bits.db.internal.schema.ValueType;
import page.bits.edn.Keyword;

/// What a new attribute says of its tuples, and whether it can be so: of exactly one kind, of types
/// that tuples can hold, and of attributes that have one value each.
record TupleDefinition(Schema after, Attribute attribute, List<Claim> claims) {
  void check() {
    List<Claim> kinds = new ArrayList<>();
    for (Claim claim : claims) {
      if (claim.added() && isKind(claim.a().id())) {
        kinds.add(claim);
      }
      refuse(claim.a().id() == Ids.TUPLE_DISCONTINUED, "invalid-tuple-kind", claim.a().ident());
    }
    if (!attribute.isTuple()) {
      refuse(!kinds.isEmpty(), "type-on-non-tuple", attribute.type().ident());
      return;
    }
    refuse(
        kinds.size() != 1,
        "invalid-tuple-kind",
        kinds.stream().map(claim -> claim.a().ident()).toList());
    Claim kind = kinds.getFirst();
    if (kind.a().id() == Ids.TUPLE_ATTRS) {
      members((List<?>) kind.v());
    } else {
      types(kind.v() instanceof List<?> types ? types : List.of(kind.v()));
    }
  }

  static boolean isKind(long property) {
    return property == Ids.TUPLE_TYPE || property == Ids.TUPLE_TYPES || property == Ids.TUPLE_ATTRS;
  }

  private void types(List<?> names) {
    for (Object name : names) {
      Optional<ValueType> type =
          after.entid((Keyword) name).stream()
              .boxed()
              .findFirst()
              .flatMap(Schema::typeOf)
              .filter(ValueType::isInTuples);
      refuse(type.isEmpty(), "invalid-tuple-type", name);
    }
  }

  private void members(List<?> names) {
    refuse(attribute.isMany(), "tuple-of-attrs-must-be-card-one", attribute.ident());
    for (Object name : names) {
      if (name instanceof Keyword member
          && after.attribute(member).map(Attribute::isEphemeral).orElse(false)) {
        throw SessionErrors.ephemeralAttribute(
            claims.getFirst().form(), member, "is-no-part-of-a-tuple");
      }
      boolean isFit =
          name instanceof Keyword ident
              && after
                  .attribute(ident)
                  .filter(member -> !member.isMany() && member.type().isInTuples())
                  .isPresent();
      refuse(!isFit, "invalid-tuple-attrs", name);
    }
  }

  private void refuse(boolean condition, String reason, @Nullable Object found) {
    if (condition) {
      throw Refusals.badTuple(claims.getFirst().form(), attribute.ident(), reason, found);
    }
  }
}
