/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.util.Map;
import java.util.OptionalLong;

/// An entity with ephemeral facts that this process holds in a database. Thread-safe.
///
/// The entity stays the same while it is held, also when its session was lost and the facts are
/// asserted again under another one.
public interface Held extends AutoCloseable {
  /// The entity; empty until it is in the database for the first time.
  OptionalLong entity();

  /// These facts instead of those before; as in [Session#hold(Map)].
  void replace(Map<?, ?> facts);

  /// Waits until this connection's `db()` shows the facts as last given, for 10 s at most, and
  /// answers the entity. Throws what the database has against them; then they are no longer held.
  long await();

  /// Retracts the facts. Returns at once; idempotent.
  @Override
  void close();
}
