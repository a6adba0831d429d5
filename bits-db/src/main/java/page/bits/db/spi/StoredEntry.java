/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.spi;

import java.util.Objects;

/// What lies at one position of a log: the digest of the entry, and its bytes.
public record StoredEntry(long position, Digest digest, Bytes bytes) {
  public StoredEntry {
    Objects.requireNonNull(digest);
    Objects.requireNonNull(bytes);
  }
}
