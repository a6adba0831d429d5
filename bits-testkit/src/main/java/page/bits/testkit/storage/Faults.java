/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.storage;

import java.time.Duration;

/// How often a [FaultyStorage] misbehaves in which way: chances from 0 (never) to 1 (always).
///
/// `appendLost`: the append does not arrive, and the answer is unknown. `appendUnanswered`: it
/// takes effect, and the answer is unknown. `appendLate`: the answer is unknown, and it arrives at
/// some later call, or when [FaultyStorage#deliverLate()] is called. `readUnavailable`: a read
/// throws. `writeUnavailable`: putting a blob or changing a record throws, before or after its
/// effect. `hints`: what becomes of those. `delayMax`: every call may take that much longer.
public record Faults(
    double appendLost,
    double appendUnanswered,
    double appendLate,
    double readUnavailable,
    double writeUnavailable,
    Hints hints,
    Duration delayMax) {
  private static final Faults NONE = new Faults(0, 0, 0, 0, 0, Hints.RIGHT, Duration.ZERO);

  /// How often a hint is never told (`lost`), told twice (`repeated`), or kept back until a newer
  /// one was told (`late`; for ever, if none comes): chances from 0 to 1.
  public record Hints(double lost, double repeated, double late) {
    public static final Hints LOST = new Hints(1, 0, 0);

    private static final Hints RIGHT = new Hints(0, 0, 0);
  }

  /// No fault at all.
  public static Faults none() {
    return NONE;
  }

  public Faults withAppendLost(double chance) {
    return new Faults(
        chance, appendUnanswered, appendLate, readUnavailable, writeUnavailable, hints, delayMax);
  }

  public Faults withAppendUnanswered(double chance) {
    return new Faults(
        appendLost, chance, appendLate, readUnavailable, writeUnavailable, hints, delayMax);
  }

  public Faults withAppendLate(double chance) {
    return new Faults(
        appendLost, appendUnanswered, chance, readUnavailable, writeUnavailable, hints, delayMax);
  }

  public Faults withReadUnavailable(double chance) {
    return new Faults(
        appendLost, appendUnanswered, appendLate, chance, writeUnavailable, hints, delayMax);
  }

  public Faults withWriteUnavailable(double chance) {
    return new Faults(
        appendLost, appendUnanswered, appendLate, readUnavailable, chance, hints, delayMax);
  }

  public Faults withHints(Hints chances) {
    return new Faults(
        appendLost,
        appendUnanswered,
        appendLate,
        readUnavailable,
        writeUnavailable,
        chances,
        delayMax);
  }

  public Faults withDelayMax(Duration most) {
    return new Faults(
        appendLost, appendUnanswered, appendLate, readUnavailable, writeUnavailable, hints, most);
  }
}
