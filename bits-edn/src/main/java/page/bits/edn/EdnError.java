/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.util.Locale;
import page.bits.error.ErrorCategory;
import page.bits.error.ErrorCode;

/// The codes of errors in EDN text and in printing it; `docs/reference/edn.md` has the remedies.
public enum EdnError implements ErrorCode {
  /// The text holds no value.
  NO_VALUE,
  /// The text goes on after its one value.
  MORE_THAN_ONE_VALUE,
  /// The text ends inside a form.
  UNEXPECTED_END,
  /// A closing delimiter that closes nothing, or something else.
  UNMATCHED_DELIMITER,
  /// A tag, a discard or a namespace of a map is not followed by what it needs.
  MISSING_FORM,
  /// A token that starts as a number and is none.
  BAD_NUMBER,
  /// A token that is no symbol.
  BAD_SYMBOL,
  /// A token that starts as a keyword and is none.
  BAD_KEYWORD,
  /// A backslash that is followed by no character.
  BAD_CHARACTER,
  /// An unknown escape in a string.
  BAD_ESCAPE,
  /// A `#` that is followed by no tag.
  BAD_TAG,
  /// A namespace of a map that is none.
  BAD_NAMESPACE,
  /// The value of `#inst` is no instant.
  BAD_INST,
  /// The value of `#uuid` is no UUID.
  BAD_UUID,
  /// The value of `#uri` is no URI.
  BAD_URI,
  /// A map with a key that has no value.
  ODD_MAP,
  /// A map names a key twice.
  DUPLICATE_KEY,
  /// A set names an element twice.
  DUPLICATE_ELEMENT,
  /// Clojure's reader has it, EDN does not: ratios, metadata, quotes, regular expressions.
  NOT_EDN(ErrorCategory.UNSUPPORTED),
  /// Nested deeper than [EdnLimits#depth()].
  TOO_DEEP,
  /// A form longer than [EdnLimits#formChars()].
  FORM_TOO_LARGE,
  /// A token longer than [EdnLimits#tokenChars()].
  TOKEN_TOO_LONG,
  /// A number with more digits than [EdnLimits#numberDigits()] or a scale beyond
  /// [EdnLimits#numberScale()].
  NUMBER_TOO_LARGE,
  /// A collection with more elements than [EdnLimits#collectionSize()].
  COLLECTION_TOO_LARGE,
  /// The text could not be read from where it lies.
  READ_FAILED(ErrorCategory.UNAVAILABLE),
  /// A Java value that EDN has no element for.
  UNPRINTABLE,
  /// A keyword, symbol or tag whose text would not read back as itself.
  UNPRINTABLE_NAME,
  /// Limits that cannot be.
  BAD_LIMITS;

  private final String code;
  private final ErrorCategory category;

  EdnError() {
    this(ErrorCategory.INCORRECT);
  }

  EdnError(ErrorCategory category) {
    this.code = ":edn.error/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.category = category;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
