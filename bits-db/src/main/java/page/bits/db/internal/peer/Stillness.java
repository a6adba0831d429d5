/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/* How a process is found to be gone.
 *
 * Each look reads the beats of all processes. Of each is remembered which beat was seen and when for the first time. A
 * process has lapsed when three later looks, the last of which began 2.5 s or more after that, found the same beat, or found
 * it absent.
 *
 * A look that failed, or came so late that this process may have been stopped or its storage away, says nothing of
 * the others: they may have had the same trouble. All counts start again, and until a beat is seen to move 10 s
 * count instead: others may need longer to get back to the storage, where a call may hang for 5 s.
 *
 * Only the observer's own monotonic time counts.
 */

/// What one observer saw of the beats of the others. Pure; confined to the beating thread.
final class Stillness {
  static final long LAPSE_NANOS = 2_500_000_000L;
  static final long LAPSE_AFTER_TROUBLE_NANOS = 10_000_000_000L;
  static final long LATE_NANOS = 2_500_000_000L;

  /// The beat of a process that has no record.
  static final long ABSENT = -1;

  private static final int LOOKS_MIN = 3;

  private final Map<UUID, Seen> seen = new HashMap<>();
  private long lookedNanos;
  private boolean isTroubled;

  /// A beat, when it was first seen, how many later looks found the same, and whether it counts
  /// only after the longer time.
  private record Seen(long beat, long sinceNanos, int looks, long stillNanos, boolean isCareful) {
    Seen again(long nowNanos) {
      return new Seen(beat, sinceNanos, looks + 1, nowNanos - sinceNanos, isCareful);
    }
  }

  Stillness(long nowNanos) {
    this.lookedNanos = nowNanos;
  }

  /// A look failed, or an own beat failed or was missed.
  void trouble() {
    seen.clear();
    isTroubled = true;
  }

  /// A look that began and ended at these times. `others` are processes of interest, some of which
  /// may have no record.
  void look(Map<UUID, Long> beats, Set<UUID> others, long beganNanos, long endedNanos) {
    if (endedNanos - lookedNanos > LATE_NANOS) {
      trouble();
    }
    lookedNanos = endedNanos;
    Set<UUID> all = new HashSet<>(others);
    all.addAll(beats.keySet());
    seen.keySet().retainAll(all);
    for (UUID process : all) {
      long beat = beats.getOrDefault(process, ABSENT);
      Seen last = seen.get(process);
      seen.put(
          process,
          last != null && last.beat == beat
              ? last.again(beganNanos)
              : new Seen(beat, endedNanos, 0, 0, last == null && isTroubled));
    }
    isTroubled = false;
  }

  /// For how long looks found no sign of life; 0 for one that was not looked for.
  long stillNanos(UUID process) {
    Seen last = seen.get(process);
    return last == null || last.looks < LOOKS_MIN ? 0 : last.stillNanos;
  }

  boolean hasLapsed(UUID process) {
    Seen last = seen.get(process);
    return last != null
        && stillNanos(process) >= (last.isCareful ? LAPSE_AFTER_TROUBLE_NANOS : LAPSE_NANOS);
  }
}
