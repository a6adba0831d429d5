/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import java.util.Objects;
import java.util.UUID;

/// The identity of one database, never used again, not even after deletion.
public record DatabaseId(UUID uuid) {
  public DatabaseId {
    Objects.requireNonNull(uuid);
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
