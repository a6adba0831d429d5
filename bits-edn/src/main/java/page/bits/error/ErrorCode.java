/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.error;

/// One kind of error, named by a keyword that is API: it never changes its meaning.
///
/// Implemented by the enum of each area.
public interface ErrorCode {
  /// The text of the code's keyword, with its colon, such as `:db.error/cas-failed`.
  String code();

  /// What a caller can do about it.
  ErrorCategory category();
}
