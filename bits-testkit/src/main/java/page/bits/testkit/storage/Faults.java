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
/// effect. `hintLost`: a hint is not told. `delayMax`: every call may take that much longer.
public record Faults(
    double appendLost,
    double appendUnanswered,
    double appendLate,
    double readUnavailable,
    double writeUnavailable,
    double hintLost,
    Duration delayMax) {
  private static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, Duration.ZERO);

  /// No fault at all.
  public static Faults none() {
    return NONE;
  }

  public Faults withAppendLost(double chance) {
    return new Faults(
        chance,
        appendUnanswered,
        appendLate,
        readUnavailable,
        writeUnavailable,
        hintLost,
        delayMax);
  }

  public Faults withAppendUnanswered(double chance) {
    return new Faults(
        appendLost, chance, appendLate, readUnavailable, writeUnavailable, hintLost, delayMax);
  }

  public Faults withAppendLate(double chance) {
    return new Faults(
        appendLost,
        appendUnanswered,
        chance,
        readUnavailable,
        writeUnavailable,
        hintLost,
        delayMax);
  }

  public Faults withReadUnavailable(double chance) {
    return new Faults(
        appendLost, appendUnanswered, appendLate, chance, writeUnavailable, hintLost, delayMax);
  }

  public Faults withWriteUnavailable(double chance) {
    return new Faults(
        appendLost, appendUnanswered, appendLate, readUnavailable, chance, hintLost, delayMax);
  }

  public Faults withHintLost(double chance) {
    return new Faults(
        appendLost,
        appendUnanswered,
        appendLate,
        readUnavailable,
        writeUnavailable,
        chance,
        delayMax);
  }

  public Faults withDelayMax(Duration most) {
    return new Faults(
        appendLost,
        appendUnanswered,
        appendLate,
        readUnavailable,
        writeUnavailable,
        hintLost,
        most);
  }
}
