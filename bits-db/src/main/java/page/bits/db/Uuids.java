/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db;

import java.time.Instant;
import java.util.UUID;
import page.bits.db.internal.peer.SystemWorld;

/// UUIDs that sort by the time at which they were made, so that entities made one after the other
/// lie side by side in an index by such a value. Stateless and thread-safe.
///
/// The order of values in Bits is that of the UUIDs' texts. Time is the wall clock of this machine;
/// the rest is random.
public final class Uuids {
  private static final long LOW_32_BITS = 0xFFFF_FFFFL;

  private Uuids() {}

  /// A UUID of version 7: its first 48 bits are milliseconds since 1970.
  public static UUID v7() {
    UUID random = SystemWorld.INSTANCE.newId();
    long millis = SystemWorld.INSTANCE.wallMillis();
    long high = millis << 16 | 0x7000 | (random.getMostSignificantBits() >>> 52);
    return new UUID(high, random.getLeastSignificantBits());
  }

  /// A UUID as Datomic's `squuid` makes them: version 4, its first 32 bits seconds since 1970.
  public static UUID squuid() {
    UUID random = SystemWorld.INSTANCE.newId();
    long seconds = SystemWorld.INSTANCE.wallMillis() / 1000;
    return new UUID(
        seconds << 32 | (random.getMostSignificantBits() & LOW_32_BITS),
        random.getLeastSignificantBits());
  }

  /// When a UUID of [#v7()] (to the millisecond) or [#squuid()] (to the second) was made. Of a UUID
  /// made in another way the answer means nothing.
  public static Instant time(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    return uuid.version() == 7
        ? Instant.ofEpochMilli(high >>> 16)
        : Instant.ofEpochSecond(high >>> 32);
  }
}
