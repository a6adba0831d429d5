/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.function.Consumer;

/// Where the log lies: every entry from position 0 on, in the order of positions, as the storage
/// gives them.
@FunctionalInterface
public interface LogSource {
  /// An entry as it lies there; `digest` and `bytes` are not changed by anybody.
  @SuppressWarnings("ArrayRecordComponent") // handed from a driver to the reader, and dropped
  record RawEntry(long position, byte[] digest, byte[] bytes) {}

  /// Gives each entry to `reader`.
  void read(Consumer<RawEntry> reader);

  /// The blob of that name, where large entries have their parts; no bytes when there is none.
  default byte[] blob(String key) {
    return new byte[0];
  }
}
