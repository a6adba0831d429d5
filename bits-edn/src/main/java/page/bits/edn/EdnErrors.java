/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors about EDN, one method each.
///
/// Text of the input is data that may be personal: it stands in the data, cut to 80 chars, and
/// never in a message.
final class EdnErrors {
  private static final int SHOWN_MAX = 80;

  private EdnErrors() {}

  static BitsException noValue(EdnPosition at) {
    return new BitsException(EdnError.NO_VALUE, "The text holds no value", place(at));
  }

  static BitsException moreThanOneValue(EdnPosition at) {
    return new BitsException(
        EdnError.MORE_THAN_ONE_VALUE, "The text goes on after its one value", place(at));
  }

  static BitsException endInside(EdnPosition at, EdnPosition opened, String expected) {
    return new BitsException(
        EdnError.UNEXPECTED_END,
        "The text ends inside a form",
        opened(place(at), opened).and("expected", expected));
  }

  static BitsException closesNothing(EdnPosition at, char found) {
    return new BitsException(
        EdnError.UNMATCHED_DELIMITER,
        "A closing delimiter closes nothing",
        place(at).and("found", String.valueOf(found)));
  }

  static BitsException closesOther(
      EdnPosition at, char found, EdnPosition opened, String expected) {
    return new BitsException(
        EdnError.UNMATCHED_DELIMITER,
        "A closing delimiter does not match the opening one",
        opened(place(at).and("found", String.valueOf(found)), opened).and("expected", expected));
  }

  static BitsException missingForm(EdnPosition at, EdnPosition opened, String expected) {
    return new BitsException(
        EdnError.MISSING_FORM,
        "A form is missing before the closing delimiter",
        opened(place(at), opened).and("expected", expected));
  }

  static BitsException badToken(EdnError code, EdnPosition at, String token, String expected) {
    return new BitsException(
        code, sentence(code), place(at).and("expected", expected).andPersonal("found", cut(token)));
  }

  private static String sentence(EdnError code) {
    return switch (code) {
      case BAD_NUMBER -> "The token starts as a number and is none";
      case BAD_SYMBOL -> "The token is no symbol";
      case BAD_KEYWORD -> "The token starts as a keyword and is none";
      case BAD_CHARACTER -> "The token starts as a character and is none";
      case BAD_ESCAPE -> "The escape in a string is unknown";
      case BAD_TAG -> "The number sign is followed by no tag";
      case BAD_NAMESPACE -> "The namespace of a map is none";
      case BAD_INST -> "The value of #inst is no instant";
      case BAD_UUID -> "The value of #uuid is no UUID";
      case BAD_URI -> "The value of #uri is no URI";
      default -> throw new AssertionError(code);
    };
  }

  static BitsException oddMap(EdnPosition at, EdnPosition opened) {
    return new BitsException(
        EdnError.ODD_MAP,
        "The last key of a map has no value",
        opened(place(at), opened).and("expected", "a value"));
  }

  static BitsException duplicateKey(EdnPosition at, @Nullable Object key) {
    return new BitsException(
        EdnError.DUPLICATE_KEY, "A map names a key twice", place(at).andPersonal("key", key));
  }

  static BitsException duplicateElement(EdnPosition at, @Nullable Object element) {
    return new BitsException(
        EdnError.DUPLICATE_ELEMENT,
        "A set names an element twice",
        place(at).andPersonal("element", element));
  }

  static BitsException notEdn(EdnPosition at, String what) {
    return new BitsException(
        EdnError.NOT_EDN, "Clojure's reader has it, EDN does not", place(at).and("what", what));
  }

  static BitsException tooDeep(EdnPosition at, int limit) {
    return new BitsException(
        EdnError.TOO_DEEP, "The form is nested too deeply", place(at).and("limit", (long) limit));
  }

  static BitsException valueTooDeep() {
    return new BitsException(
        EdnError.TOO_DEEP,
        "The value is nested too deeply to be printed or ordered",
        ErrorData.of("limit", (long) EdnLimits.DEPTH_MAX));
  }

  static BitsException formTooLarge(EdnPosition at, long limit) {
    return new BitsException(
        EdnError.FORM_TOO_LARGE, "The form is too long", place(at).and("limit", limit));
  }

  static BitsException tokenTooLong(EdnPosition at, int limit) {
    return new BitsException(
        EdnError.TOKEN_TOO_LONG,
        "A string, name or number is too long",
        place(at).and("limit", (long) limit));
  }

  static BitsException numberTooLong(EdnPosition at, int digits, int limit) {
    return new BitsException(
        EdnError.NUMBER_TOO_LARGE,
        "A number has too many digits",
        place(at).and("digits", (long) digits).and("limit", (long) limit));
  }

  static BitsException numberScale(EdnPosition at, int limit) {
    return new BitsException(
        EdnError.NUMBER_TOO_LARGE,
        "The exponent of a number is too large",
        place(at).and("limit", (long) limit));
  }

  static BitsException collectionTooLarge(EdnPosition at, EdnPosition opened, int limit) {
    return new BitsException(
        EdnError.COLLECTION_TOO_LARGE,
        "A collection has too many elements",
        opened(place(at), opened).and("limit", (long) limit));
  }

  static BitsException readFailed(EdnPosition at, IOException cause) {
    return new BitsException(EdnError.READ_FAILED, "The text could not be read", place(at), cause);
  }

  static BitsException unprintable(Object value) {
    return new BitsException(
        EdnError.UNPRINTABLE,
        "EDN has no element for values of this class",
        ErrorData.of("class", value.getClass().getName()));
  }

  static BitsException unprintableName(String kind, Object name) {
    return new BitsException(
        EdnError.UNPRINTABLE_NAME,
        "The name would not read back as itself",
        ErrorData.of("kind", kind).andPersonal("name", cut(name.toString())));
  }

  static BitsException badLimits(int depth) {
    return new BitsException(
        EdnError.BAD_LIMITS,
        "Limits are positive, and the depth is at most 500",
        ErrorData.of("depth", (long) depth));
  }

  private static ErrorData place(EdnPosition at) {
    return ErrorData.of("line", at.line()).and("column", at.column());
  }

  private static ErrorData opened(ErrorData data, EdnPosition opened) {
    return data.and("opened-line", opened.line()).and("opened-column", opened.column());
  }

  private static String cut(String text) {
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
  }
}
