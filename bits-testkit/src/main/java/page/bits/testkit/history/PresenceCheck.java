/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/// Holds what processes said of their sessions and of what they hold against the log. Confined to
/// one thread.
final class PresenceCheck {
  private final Report report;
  private final Presence presence;
  private final Set<UUID> alive = new HashSet<>();

  PresenceCheck(Report report, Presence presence, List<Operation> operations) {
    this.report = report;
    this.presence = presence;
    for (Operation operation : operations) {
      if (operation.request() instanceof Request.Alive(UUID id, List<Long> _)) {
        Presence.Session session = presence.named(id);
        if (session != null && session.peer() != null) {
          alive.add(Objects.requireNonNull(session.peer()));
        }
      }
    }
  }

  /// What was awaited is in the log, on the entity that was named.
  void held(Operation operation, long mark, Answer.Seen seen) {
    report.check(
        Invariant.I33,
        presence.holders(mark).everBetween(0, seen.at(), Presence.NOBODY, e -> e == seen.state()),
        () -> "the log has not said so by " + seen.at() + ": " + operation);
  }

  /// A process that lives has an open session and all that it holds; and nobody else has one.
  void alive(Operation operation, Request.Alive request, Answer.Seen seen) {
    Presence.Session session = presence.named(request.session());
    report.check(
        Invariant.I33,
        session != null && session.isOpenAt(seen.at()),
        () -> "its session is not open at " + seen.at() + ": " + operation);
    for (long mark : request.marks()) {
      report.check(
          Invariant.I33,
          presence.holders(mark).at(seen.at(), Presence.NOBODY) != Presence.NOBODY,
          () -> "at " + seen.at() + " it does not hold " + mark + ": " + operation);
    }
    for (Presence.Session open : presence.openAt(seen.at())) {
      report.check(
          Invariant.I35,
          alive.contains(open.peer()),
          () -> open + " is open at " + seen.at() + ", and its process is gone: " + operation);
    }
  }

  /// Whether a session had ended at t.
  boolean isEnded(UUID session, long t) {
    Presence.Session named = presence.named(session);
    return named != null && named.isEndedAt(t);
  }
}
