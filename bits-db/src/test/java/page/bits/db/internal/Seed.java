/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal;

import java.util.Random;

/// The seed of a randomised test: `-Dtest.seed=N` replays one; else a fresh one. Always printed.
public final class Seed {
  private Seed() {}

  /// A generator whose seed is printed with the test's name.
  public static Random random(String test) {
    String given = System.getProperty("test.seed", "");
    long seed = given.isBlank() ? new Random().nextLong() : Long.parseLong(given);
    System.err.println(test + " -Dtest.seed=" + seed);
    return new Random(seed);
  }
}
