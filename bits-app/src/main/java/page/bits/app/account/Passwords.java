/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.app.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Hashes passwords with argon2id. Thread-safe.
///
/// Each hash takes 19 MiB and two passes (the least that OWASP names), some 50 ms of a core; at
/// most two are made at a time, so that sign-ins cannot take the memory or the processor of a small
/// machine.
public final class Passwords {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int AT_A_TIME = 2;
  private static final long PATIENCE_SECONDS = 5;

  /// A hash of a password that nobody has: to be checked where there is no account, so that the
  /// answer takes as long.
  private static final String NOBODYS =
      "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final Semaphore places = new Semaphore(AT_A_TIME);

  /// The outcome of a check.
  public enum Check {
    RIGHT,
    WRONG,
    /// Too many are waiting; the same attempt can be made again.
    BUSY
  }

  private static Argon2Function function() {
    return Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);
  }

  /// A hash with a salt of its own, in the PHC format.
  public static String hash(String password) {
    return Password.hash(password).addRandomSalt(SALT_BYTES).with(function()).getResult();
  }

  /// Checks a password against a stored hash; an empty one is nobody's, and takes as long.
  public Check check(String password, String hash) {
    if (!takePlace()) {
      return Check.BUSY;
    }
    try {
      String against = hash.isEmpty() ? NOBODYS : hash;
      boolean matches =
          Password.check(password, against).with(Argon2Function.getInstanceFromHash(against));
      return matches && !hash.isEmpty() ? Check.RIGHT : Check.WRONG;
    } finally {
      places.release();
    }
  }

  private boolean takePlace() {
    try {
      return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
