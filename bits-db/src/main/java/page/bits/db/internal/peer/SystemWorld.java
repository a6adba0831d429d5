/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import page.bits.db.spi.Bytes;

/// The clock and the randomness of this machine: the one class of the module that reads them.
public final class SystemWorld implements World {
  public static final World INSTANCE = new SystemWorld();

  private final SecureRandom secure = new SecureRandom();

  private SystemWorld() {}

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public UUID newId() {
    return UUID.randomUUID();
  }

  @Override
  public Bytes randomBytes(int count) {
    var bytes = new byte[count];
    secure.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  @Override
  public long random(long bound) {
    return ThreadLocalRandom.current().nextLong(bound);
  }
}
