/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.cli;

import page.bits.error.BitsException;
import page.bits.error.ErrorData;

/// A refusal and where in the input it arose, with how much was done before it.
///
/// Only travels from a verb to [Failures], which prints the refusal's own data and then this.
final class PlacedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final BitsException error;
  private final transient ErrorData place;

  PlacedException(BitsException error, ErrorData place) {
    super(error);
    this.error = error;
    this.place = place;
  }

  BitsException error() {
    return error;
  }

  ErrorData place() {
    return place;
  }
}
