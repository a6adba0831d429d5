/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.List;
import page.bits.testkit.simulation.Replay.Logged;
import page.bits.testkit.simulation.SimulatedStore.Arrival;

/// Whether sessions ended for a reason (I33), and nothing was in the log for nothing (I34).
final class SessionChecks {
  private static final long SECOND = 1_000_000_000L;
  private static final long LAPSE_NANOS = 5 * SECOND / 2;

  /// An outage that no observer can have missed.
  private static final long NOTICED_NANOS = 4 * SECOND;

  /// How long ago, at most, what a transaction says was found.
  private static final long UNDER_WAY_NANOS = 40 * SECOND;

  /// Longer than the beat at which what failed is told again, which is not done for ever.
  private static final long BEAT_NANOS = 3 * SECOND / 2;

  private static final int BEATS_MAX = 6;

  /// The longest deadline of a storage.
  static final long HANGING_NANOS = 5 * SECOND;

  private final Simulation simulation;
  private final Replay replay;

  SessionChecks(Simulation simulation, Replay replay) {
    this.simulation = simulation;
    this.replay = replay;
  }

  void run() {
    int byOthers = 0;
    for (SessionReplay.Ended ended : replay.sessions().ended()) {
      Logged at = ended.at();
      Arrival arrival = simulation.store().arrival(at.position());
      Process owner = simulation.store().arrival(ended.openedPosition()).from();
      if (arrival.from() == owner) {
        simulation.reach(Reached.SESSION_ENDED_BY_ITSELF);
        continue;
      }
      byOthers++;
      simulation.reach(Reached.SESSION_ENDED_BY_OTHERS);
      Violation.check(
          wasSilent(simulation.store().beats(ended.process()), arrival.nanos()),
          33,
          "%s ended the session of %s at %d, which was not silent",
          arrival.from().name(),
          owner.name(),
          at.t());
    }
    long forNothing =
        replay.sessions().forNothing().stream()
            .filter(it -> simulation.store().arrival(it.position()).isOfUsed())
            .count();
    Violation.check(
        forNothing <= byOthers,
        34,
        "%d transactions say nothing, %d excused",
        forNothing,
        byOthers);
  }

  /// Whether there was no sign of life for long enough, lately, while the storage could be asked.
  private boolean wasSilent(List<Long> beats, long now) {
    for (int i = 0; i < beats.size(); i++) {
      long from = beats.get(i);
      long to = i + 1 < beats.size() ? Math.min(beats.get(i + 1), now) : now;
      if (to > now - UNDER_WAY_NANOS && to - from - awayNanos(from, to) >= LAPSE_NANOS) {
        return true;
      }
    }
    return beats.isEmpty();
  }

  private long awayNanos(long from, long to) {
    long away = 0;
    for (SimulatedStore.Outage outage : simulation.store().outages()) {
      long part = Math.min(to, outage.toNanos()) - Math.max(from, outage.fromNanos());
      if (part > 0 && outage.toNanos() - outage.fromNanos() >= NOTICED_NANOS) {
        away += part;
      }
    }
    return away;
  }

  /// While nobody does anything, nothing is written. Before that, what was held or released at the
  /// very end may still be told of, for a few beats; and a call that began before all was healed
  /// may hang for as long as the storage's deadline, its process taken for gone meanwhile and back
  /// at its next beat.
  static void idle(Simulation simulation, long nanos) {
    simulation.passUntilHealedFor(HANGING_NANOS + LAPSE_NANOS);
    for (int beat = 0; grown(simulation, BEAT_NANOS) > 0; beat++) {
      Violation.check(beat < BEATS_MAX, 34, "entries at each of %d beats", beat);
    }
    long grown = grown(simulation, nanos);
    Violation.check(grown == 0, 34, "%d entries while nobody did anything", grown);
  }

  /// How many entries are made in so much time.
  private static long grown(Simulation simulation, long nanos) {
    long head = simulation.store().headPosition();
    simulation.pass(nanos);
    return simulation.store().headPosition() - head;
  }
}
