/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// The sentences of errors in the registration of functions.
final class FunctionErrors {
  private FunctionErrors() {}

  static BitsException notQualified(String name) {
    return new BitsException(
        DbError.FUNCTION_NAME,
        "The name of a function is qualified",
        ErrorData.of("function", name).and("expected", "namespace/name"));
  }

  static BitsException alreadyRegistered(String kind, String name) {
    return new BitsException(
        DbError.FUNCTION_NAME,
        "Another function is registered under this name",
        ErrorData.of("function", name).and("kind", kind));
  }

  static BitsException badProvider(Throwable cause) {
    return new BitsException(
        DbError.FUNCTION_PROVIDER,
        "A provider of functions cannot be loaded",
        ErrorData.of("cause", cause.getMessage()),
        cause);
  }
}
