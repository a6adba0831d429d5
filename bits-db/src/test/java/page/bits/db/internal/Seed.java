/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal;

import java.util.Random;

/// The seed of a randomised test: `-Dtest.seed=N` when given, else a new one; printed, so that a
/// failure can be replayed.
///
/// The same lines as `Seed` in the testkit, which this module comes before.
public final class Seed {
  private Seed() {}

  /// The seed for this test, printed with its name.
  public static long of(String test) {
    String given = System.getProperty("test.seed", "");
    long seed = given.isBlank() ? System.nanoTime() : Long.parseLong(given.strip());
    System.getLogger(Seed.class.getName())
        .log(System.Logger.Level.INFO, test + ": -Dtest.seed=" + seed);
    return seed;
  }

  /// A generator with the seed for this test.
  public static Random random(String test) {
    return new Random(of(test));
  }
}
