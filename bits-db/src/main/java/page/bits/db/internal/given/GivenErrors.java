/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.given;

import java.util.List;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors in names of entities and attributes, and in values.
public final class GivenErrors {
  private GivenErrors() {}

  public static BitsException unknownAttribute(Object found, Object form, List<String> near) {
    return new BitsException(
        DbError.NOT_AN_ATTRIBUTE,
        "No attribute has this name",
        ErrorData.of("attribute", Shown.brief(found))
            .and("near", near)
            .and("clause", Shown.brief(form)));
  }

  public static BitsException unknownIdent(Object found, @Nullable Object form, List<String> near) {
    return new BitsException(
        DbError.NOT_AN_ENTITY,
        "No entity has this ident",
        ErrorData.of("ident", Shown.brief(found))
            .and("near", near)
            .and("clause", Shown.brief(form)));
  }

  public static BitsException notAnEntity(@Nullable Object found, @Nullable Object form) {
    return new BitsException(
        DbError.NOT_AN_ENTITY,
        "An entity is an entity id, an ident, or a lookup ref",
        ErrorData.of("type", Shown.typeOf(found))
            .andPersonal("found", found)
            .and("at", Shown.brief(form)));
  }

  public static BitsException wrongType(
      Object attribute, String expected, @Nullable Object found, @Nullable Object form) {
    return new BitsException(
        DbError.WRONG_TYPE_FOR_ATTRIBUTE,
        "No value of the attribute can equal this one",
        ErrorData.of("attribute", Shown.brief(attribute))
            .and("expected", expected)
            .and("type", Shown.typeOf(found))
            .and("clause", Shown.brief(form)));
  }

  public static BitsException lookupNotUnique(Object attribute) {
    return new BitsException(
        DbError.LOOKUP_REF_ATTR_NOT_UNIQUE,
        "The attribute of a lookup ref is not unique",
        ErrorData.of("attribute", Shown.brief(attribute)));
  }
}
