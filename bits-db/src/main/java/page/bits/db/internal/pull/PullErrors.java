/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.pull;

import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.internal.given.Shown;
import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors in pull.
final class PullErrors {
  private PullErrors() {}

  static BitsException invalid(String expected, @Nullable Object found) {
    return new BitsException(
        DbError.INVALID_PULL,
        "The pull pattern is not well formed",
        ErrorData.of("expected", expected).and("found", Shown.brief(found)));
  }

  static BitsException notAReference(Object attribute, String use) {
    return new BitsException(
        DbError.INVALID_PULL,
        "Only a reference leads to other entities",
        ErrorData.of("attribute", attribute).and("use", use));
  }

  static BitsException xformFailed(String function, Throwable cause) {
    return new BitsException(
        DbError.FUNCTION_FAILED,
        "The function was given values that it cannot take",
        ErrorData.of("function", function).and("problem", String.valueOf(cause.getMessage())),
        cause);
  }

  static BitsException twoUnderOneKey(Object key) {
    return new BitsException(
        DbError.INVALID_PULL,
        "Two parts of the pattern have the same key; rename one with :as",
        ErrorData.of("attribute", Shown.brief(key)));
  }

  static BitsException tooDeep(int depthMax) {
    return new BitsException(
        DbError.TOO_LARGE,
        "The pull goes deeper than the limit; give the recursion a number",
        ErrorData.of("max", depthMax));
  }

  static BitsException interrupted() {
    return new BitsException(DbError.INTERRUPTED, "The pull was interrupted", ErrorData.none());
  }
}
