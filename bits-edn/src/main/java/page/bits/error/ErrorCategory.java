/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.error;

/// What a caller can do about an error: mend the request, retry, wait, or report a bug.
public enum ErrorCategory {
  /// The request is wrong; the same request never succeeds.
  INCORRECT,
  /// The request clashes with the state of the database.
  CONFLICT,
  /// What was named does not exist.
  NOT_FOUND,
  /// The caller may not do this.
  FORBIDDEN,
  /// Bits does not do this (yet); the code or data names what.
  UNSUPPORTED,
  /// Too much work at the moment; retry later.
  BUSY,
  /// Storage or network cannot be reached, or a deadline passed; retry later.
  UNAVAILABLE,
  /// The waiting thread was interrupted; its interrupt flag is set.
  INTERRUPTED,
  /// A bug of ours or damaged data.
  FAULT;

  /// The category's keyword name, such as `not-found`.
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
