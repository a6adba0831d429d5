/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Map;

/// How a connection and its storage are doing, at one moment. Immutable.
public record Status(
    String uri,
    String databaseId,
    long headPosition,
    long headT,
    long appliedPosition,
    long appliedT,
    String chainDigest,
    Map<String, String> storage) {
  public Status {
    storage = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(storage));
  }

  /// Positions in the log that this connection has not applied yet.
  public long lag() {
    return headPosition - appliedPosition;
  }
}
