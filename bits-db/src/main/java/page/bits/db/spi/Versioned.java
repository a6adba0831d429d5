/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import java.util.Objects;

/// A small record that is changed by compare-and-set: its version counts from 1.
public record Versioned(long version, Bytes bytes) {
  public Versioned {
    Objects.requireNonNull(bytes);
  }
}
