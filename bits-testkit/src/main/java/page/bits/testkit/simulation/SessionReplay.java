/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.internal.schema.Ids;
import page.bits.testkit.simulation.Replay.Logged;

/// What the log says of sessions and of what stands on them, replayed: no fact outlives its session
/// (I32), what is ephemeral is in no durable part, and no transaction is there for nothing (I34).
final class SessionReplay {
  /// A session that was ended, and the t of that.
  record Ended(UUID process, long openedPosition, Logged at) {}

  private record Open(UUID id, UUID process, long openedPosition) {}

  private record Fact(long e, long a, Object v, boolean added) {
    static Fact of(Datom datom) {
      return new Fact(datom.e(), datom.a(), datom.v(), datom.added());
    }
  }

  private final Set<Long> ephemeral;
  private final long name;
  private final Map<Long, Submitted> submittedBy;
  private final Map<Long, Open> open = new HashMap<>();
  private final Map<UUID, Long> endedAt = new HashMap<>();
  private final List<Ended> ended = new ArrayList<>();
  private final Map<Long, Long> sessionOf = new HashMap<>();
  private final Map<Long, Set<List<Object>>> facts = new HashMap<>();
  private final List<Logged> forNothing = new ArrayList<>();

  SessionReplay(Db schema, Map<Long, Submitted> submittedBy) {
    this.name = schema.entid(":here/name").orElseThrow();
    this.ephemeral = Set.of(Ids.SESSION, name, schema.entid(":here/mark").orElseThrow());
    this.submittedBy = submittedBy;
  }

  void add(Logged logged) {
    List<Datom> said = logged.record().ephemeral();
    boolean isDurable = logged.record().datoms().stream().noneMatch(this::isEphemeral);
    Violation.check(isDurable, 34, "an ephemeral fact in the durable part of %d", logged.t());
    Violation.check(
        said.stream().allMatch(this::isEphemeral),
        34,
        "a durable fact is lost with %d",
        logged.t());
    said.forEach(this::apply);
    sessions(logged);
    said.stream().map(Datom::e).distinct().forEach(e -> checkStands(e, logged.t()));
    if (logged.operation() > 0) {
      checkSaid(logged, said);
    } else if (logged.operation() < 0 && logged.record().datoms().size() == 1 && said.isEmpty()) {
      forNothing.add(logged);
    }
  }

  private boolean isEphemeral(Datom datom) {
    return ephemeral.contains(datom.a());
  }

  private void apply(Datom datom) {
    if (datom.a() == Ids.SESSION) {
      if (datom.added()) {
        sessionOf.put(datom.e(), (Long) datom.v());
      } else {
        sessionOf.remove(datom.e(), (Long) datom.v());
      }
      return;
    }
    Set<List<Object>> of = facts.computeIfAbsent(datom.e(), _ -> new HashSet<>());
    List<Object> fact = List.of(datom.a(), datom.v());
    boolean isNew = datom.added() ? of.add(fact) : of.remove(fact);
    Violation.check(isNew, 32, "%s changes nothing", datom);
  }

  private void sessions(Logged logged) {
    var ids = new HashMap<Long, UUID>();
    var processes = new HashMap<Long, UUID>();
    for (Datom datom : logged.record().datoms()) {
      if (datom.a() == Ids.SESSION_ID) {
        ids.put(datom.e(), (UUID) datom.v());
      } else if (datom.a() == Ids.SESSION_PEER) {
        processes.put(datom.e(), (UUID) datom.v());
      }
    }
    for (Datom datom : logged.record().datoms()) {
      if (datom.a() != Ids.SESSION_OPEN) {
        continue;
      }
      if (datom.added()) {
        UUID id = Objects.requireNonNull(ids.get(datom.e()));
        UUID process = Objects.requireNonNull(processes.get(datom.e()));
        open.put(datom.e(), new Open(id, process, logged.position()));
      } else {
        Open was = open.remove(datom.e());
        Violation.check(
            was != null, 32, "%d ended twice, the last time at %d", datom.e(), logged.t());
        Open it = Objects.requireNonNull(was);
        endedAt.put(it.id(), logged.t());
        ended.add(new Ended(it.process(), it.openedPosition(), logged));
        Violation.check(
            !sessionOf.containsValue(datom.e()), 32, "facts outlive session %d", datom.e());
      }
    }
  }

  private void checkStands(long e, long t) {
    Long session = sessionOf.get(e);
    boolean isBare = facts.getOrDefault(e, Set.of()).isEmpty();
    Violation.check(
        isBare || (session != null && open.containsKey(session)),
        32,
        "%d has facts at %d, and its session is %s",
        e,
        t,
        session);
  }

  /// A submission of a client said what it was to say, and nothing more.
  private void checkSaid(Logged logged, List<Datom> said) {
    Submitted by = submittedBy.get(logged.operation());
    var expected = new HashSet<Fact>();
    if (by != null && by.act() instanceof Act.Say(UUID id)) {
      long e = logged.record().tempids().getOrDefault("said", -1L);
      long session = sessionOf.getOrDefault(e, -1L);
      boolean isNamed = open.containsKey(session) && open.get(session).id().equals(id);
      Violation.check(isNamed, 32, "%s was said under session %d", by, session);
      expected.add(new Fact(e, Ids.SESSION, session, true));
      expected.add(new Fact(e, name, Act.SAID + logged.operation(), true));
    }
    var there = new HashSet<Fact>();
    said.forEach(datom -> there.add(Fact.of(datom)));
    Violation.check(there.equals(expected), 32, "%s said %s, not %s", by, there, expected);
  }

  /// When a session was ended; beyond every t when it was not.
  long endedAt(UUID session) {
    @Nullable Long t = endedAt.get(session);
    return t == null ? Long.MAX_VALUE : t;
  }

  List<Ended> ended() {
    return ended;
  }

  /// Transactions that no client submitted and that say nothing at all.
  List<Logged> forNothing() {
    return forNothing;
  }
}
