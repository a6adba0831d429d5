/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import org.jspecify.annotations.Nullable;

/// An invariant does not hold; they are numbered I1 to I38 in `docs/proofs.md`.
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  Violation(int invariant, String what) {
    super("I" + invariant + ": " + what);
  }

  static void check(boolean holds, int invariant, String what, @Nullable Object... arguments) {
    if (!holds) {
      throw new Violation(invariant, what.formatted(arguments));
    }
  }
}
