/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.shape;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.internal.given.Shown;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors in turning results into Java types.
public final class ShapeErrors {
  private ShapeErrors() {}

  /// The value is of another type than is asked for.
  public static BitsException wrongType(String where, String expected, @Nullable Object found) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "The result has another type than is asked for",
        ErrorData.of("component", where)
            .and("expected", expected)
            .and("found", Shown.typeOf(found))
            .andPersonal("value", found));
  }

  static BitsException outOfRange(String where, String expected, Object found) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "The number does not fit the type that is asked for",
        ErrorData.of("component", where).and("expected", expected).andPersonal("value", found));
  }

  static BitsException missing(String where, String expected) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "The result has no value for a component; declare it as Optional",
        ErrorData.of("component", where).and("expected", expected));
  }

  static BitsException noKey(String where, Collection<String> keys) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "No key of the result has the name of the component",
        ErrorData.of("component", where).and("keys", keys));
  }

  static BitsException severalKeys(String where, Collection<String> keys) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "Several keys of the result have the name of the component",
        ErrorData.of("component", where).and("keys", keys));
  }

  /// The row and the record do not have the same number of values.
  public static BitsException wrongWidth(String shape, int expected, int found) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "The rows have another number of values than is asked for",
        ErrorData.of("shape", shape).and("expected", expected).and("found", found));
  }

  /// One row was asked for.
  public static BitsException severalRows(int found) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "The query has several rows where one is asked for",
        ErrorData.of("found", found));
  }

  static BitsException closed(String shape, Throwable cause) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "The record cannot be made from here; open its package to page.bits.db",
        ErrorData.of("shape", shape),
        cause);
  }

  static BitsException refused(String shape, Throwable cause) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "The record refused its values",
        ErrorData.of("shape", shape).and("problem", String.valueOf(cause.getMessage())),
        cause);
  }

  /// A component says no attribute.
  public static BitsException withoutAttribute(String where) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "A component says no attribute; annotate it with @Attr",
        ErrorData.of("component", where));
  }

  static BitsException withoutIdents(String where) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "The constants of an enum stand for keywords of a namespace that nobody named",
        ErrorData.of("component", where).and("remedy", "give @Attr its idents, or use a Keyword"));
  }

  static BitsException attributeTwice(String where, String attribute) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "Two components of a record say the same attribute",
        ErrorData.of("component", where).and("attribute", attribute));
  }

  /// Records that hold each other in a circle have no pattern; one that holds itself has.
  public static BitsException circle(String where) {
    return new BitsException(
        DbError.RESULT_SHAPE,
        "A component leads back to a record above its own",
        ErrorData.of("component", where).and("remedy", "pull the inner records by their ids"));
  }
}
