/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.internal.schema.Attribute;
import page.bits.db.internal.schema.NearNames;
import page.bits.db.internal.schema.Schema;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors in names of entities and attributes, and in values.
///
/// `place` says where in what the caller gave: a `:clause` of a query or pattern, or the `:form` of
/// a transaction. All else reads the same everywhere.
public final class GivenErrors {
  private GivenErrors() {}

  /// The place of an error in a query, a pattern or a call.
  public static ErrorData clause(@Nullable Object form) {
    return ErrorData.of("clause", form instanceof String text ? text : Shown.brief(form));
  }

  public static BitsException unknownAttribute(
      ErrorData place, @Nullable Object name, Schema schema) {
    Keyword ident = Given.keyword(name);
    Object shown = ident != null ? ident : name instanceof Long id ? id : Shown.brief(name);
    Collection<Keyword> known = schema.attributes().stream().map(Attribute::ident).toList();
    return new BitsException(
        DbError.NOT_AN_ATTRIBUTE,
        "No attribute has this name",
        place.and("attribute", shown).and("near", near(String.valueOf(name), known)));
  }

  public static BitsException unknownIdent(ErrorData place, Keyword ident, Schema schema) {
    return new BitsException(
        DbError.NOT_AN_ENTITY,
        "No entity has this ident",
        place.and("entity", ident).and("near", near(ident.toString(), schema.idents())));
  }

  private static List<String> near(String name, Collection<Keyword> known) {
    return NearNames.of(name, known.stream().map(Keyword::toString).toList());
  }

  public static BitsException notAnEntity(ErrorData place, @Nullable Object found) {
    return new BitsException(
        DbError.NOT_AN_ENTITY,
        "An entity is an entity id, an ident, or a lookup ref",
        place.and("type", Shown.typeOf(found)).andPersonal("found", found));
  }

  public static BitsException badLookupRef(ErrorData place, int size) {
    return new BitsException(
        DbError.INVALID_LOOKUP_REF,
        "A lookup ref is a unique attribute and a value",
        place.and("expected", "2 elements").and("found", size));
  }

  public static BitsException lookupNotUnique(ErrorData place, Attribute attribute) {
    return new BitsException(
        DbError.LOOKUP_REF_ATTR_NOT_UNIQUE,
        "The attribute of a lookup ref must be unique",
        place.and("attribute", attribute.ident()));
  }

  /// Nobody holds the value of a lookup ref, where somebody must.
  public static BitsException nobodyHolds(ErrorData place, Object attribute, Object value) {
    return new BitsException(
        DbError.NOT_AN_ENTITY,
        "No entity holds the value of the lookup ref",
        place.and("attribute", attribute).andPersonal("value", value));
  }

  public static BitsException nilValue(ErrorData place, Attribute attribute) {
    return new BitsException(
        DbError.NIL_VALUE, "nil is not a value", place.and("attribute", attribute.ident()));
  }

  public static BitsException wrongType(ErrorData place, Attribute attribute, Object value) {
    return new BitsException(
        DbError.WRONG_TYPE_FOR_ATTRIBUTE,
        "The value is not of the attribute's type",
        place
            .and("attribute", attribute.ident())
            .and("expected", attribute.type().ident().toString())
            .and("found", Shown.typeOf(value))
            .andPersonal("value", value));
  }

  /// Entities are what holds, and a history is what was said.
  public static BitsException onHistory(String what) {
    return new BitsException(
        DbError.HISTORY_VIEW,
        "A history has no entities, only what was said of them",
        ErrorData.of("what", what).and("remedy", "ask the value that the history was made of"));
  }

  /// Text that has no UTF-8 form would be stored as other text.
  public static BitsException illFormedText(ErrorData place, String where) {
    return new BitsException(
        DbError.INVALID_TX_DATA,
        "A text holds half of a surrogate pair",
        place.and("in", where).and("remedy", "mend the text: it is not Unicode"));
  }
}
