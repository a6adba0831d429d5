/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.UUID;
import page.bits.db.spi.Bytes;

/// Time and chance, as a peer gets them: the seam at which a simulation takes over.
public interface World {
  /// Monotonic nanoseconds of this process.
  long nanos();

  /// Wall-clock milliseconds of this machine; only ever used with the storage clock's offset.
  long wallMillis();

  /// A fresh random id.
  UUID newId();

  /// That many random bytes.
  Bytes randomBytes(int count);

  /// A random number from 0 (inclusive) to `bound` (exclusive).
  long random(long bound);
}
