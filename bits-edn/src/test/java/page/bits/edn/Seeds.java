/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.edn;

import java.util.Random;

/// The seed of a randomised test: `-Dtest.seed=N`, or a new one; printed, so that it can be
/// replayed.
final class Seeds {
  private Seeds() {}

  static Random random(String test) {
    String given = System.getProperty("test.seed", "");
    long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given.strip());
    System.out.println(test + ": -Dtest.seed=" + seed);
    return new Random(seed);
  }
}
