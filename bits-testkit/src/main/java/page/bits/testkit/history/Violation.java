/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

/// An invariant that does not hold, and what shows it.
public record Violation(Invariant invariant, String what) {
  @Override
  public String toString() {
    return invariant + " (" + invariant.sentence() + "): " + what;
  }
}
