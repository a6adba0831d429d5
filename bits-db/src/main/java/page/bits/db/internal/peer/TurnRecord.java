/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import page.bits.db.spi.Bytes;

/// Whose turn it is to append to a database, and who waits for it, first come first. Immutable.
///
/// `holder` is the session of a peer. `number` counts the changes of the holder, `beat` the signs
/// of life of one. Bytes: format(1), holder or zeros(16), number(8), beat(8), count(1),
/// session(16)*.
record TurnRecord(Optional<UUID> holder, long number, long beat, List<UUID> waiting) {
  /// Further ones wait outside until there is room.
  static final int WAITING_MAX = 64;

  static final TurnRecord FREE = new TurnRecord(Optional.empty(), 0, 0, List.of());

  private static final byte FORMAT = 1;
  private static final UUID NOBODY = new UUID(0, 0);

  TurnRecord {
    waiting = List.copyOf(waiting);
  }

  boolean isHeldBy(UUID session) {
    return holder.equals(Optional.of(session));
  }

  /// With a new holder, who waits no longer.
  TurnRecord taken(UUID session) {
    return new TurnRecord(Optional.of(session), number + 1, beat, without(session));
  }

  /// The first of those who wait holds it, or nobody.
  TurnRecord passedOn() {
    return waiting.isEmpty()
        ? new TurnRecord(Optional.empty(), number + 1, beat, waiting)
        : taken(waiting.getFirst());
  }

  TurnRecord beaten() {
    return new TurnRecord(holder, number, beat + 1, waiting);
  }

  TurnRecord enlisted(UUID session) {
    if (waiting.contains(session) || waiting.size() >= WAITING_MAX) {
      return this;
    }
    var more = new ArrayList<>(waiting);
    more.add(session);
    return new TurnRecord(holder, number, beat, more);
  }

  TurnRecord struckOut(UUID session) {
    return new TurnRecord(holder, number, beat, without(session));
  }

  private List<UUID> without(UUID session) {
    return waiting.stream().filter(each -> !each.equals(session)).toList();
  }

  Bytes bytes() {
    ByteBuffer out = ByteBuffer.allocate(34 + 16 * waiting.size());
    out.put(FORMAT);
    put(out, holder.orElse(NOBODY));
    out.putLong(number).putLong(beat).put((byte) waiting.size());
    waiting.forEach(session -> put(out, session));
    return Bytes.wrap(out.array());
  }

  /// What the bytes say; a record of another format counts as free, since nothing true rests on it.
  static TurnRecord of(Bytes bytes) {
    ByteBuffer in = bytes.asReadOnlyBuffer();
    if (in.remaining() < 34 || in.get() != FORMAT) {
      return FREE;
    }
    UUID holder = uuid(in);
    long number = in.getLong();
    long beat = in.getLong();
    int count = in.get();
    var waiting = new ArrayList<UUID>();
    for (int i = 0; i < count && in.remaining() >= 16; i++) {
      waiting.add(uuid(in));
    }
    Optional<UUID> held = holder.equals(NOBODY) ? Optional.empty() : Optional.of(holder);
    return new TurnRecord(held, number, beat, waiting);
  }

  private static void put(ByteBuffer out, UUID id) {
    out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer in) {
    return new UUID(in.getLong(), in.getLong());
  }
}
