/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.testkit.history.LoggedTx.Said;

/// Sessions and the ephemeral facts that stand on them, replayed from the log. Confined to one
/// thread; the cost of a transaction is that of its own datoms.
final class Presence {
  static final long SESSION = 105;
  static final long SESSION_OPEN = 108;
  private static final long EPHEMERAL = 104;
  private static final long SESSION_ID = 106;
  private static final long SESSION_PEER = 107;

  /// No entity.
  static final long NOBODY = -1;

  /// A session: it is open from `openedT` on, and no more at `endedT`.
  static final class Session {
    private final Set<Long> entities = new HashSet<>();
    private @Nullable UUID peer;
    private long openedT = Long.MAX_VALUE;
    private long endedT = Long.MAX_VALUE;

    boolean isOpenAt(long t) {
      return openedT <= t && t < endedT;
    }

    boolean isEndedAt(long t) {
      return endedT <= t;
    }

    @Nullable UUID peer() {
      return peer;
    }

    @Override
    public String toString() {
      return "a session of process " + peer + " from " + openedT;
    }
  }

  private record Fact(long a, Object v) {}

  private final Report report;
  private final Set<Long> attributes = new HashSet<>(Set.of(SESSION));
  private final Map<Long, Session> sessions = new HashMap<>();
  private final Map<UUID, Long> byId = new HashMap<>();
  private final Map<Long, Set<Fact>> facts = new HashMap<>();
  private final Map<Object, States> holders = new HashMap<>();
  private final States all = new States();
  private long sum;
  private long ends;

  Presence(Report report) {
    this.report = report;
  }

  /// What a transaction says of sessions, durable or not: how it is judged by its forms.
  static List<Said> said(LoggedTx tx) {
    var said = new ArrayList<>(tx.ephemeral());
    tx.durable().stream().filter(datom -> datom.a() == SESSION_OPEN).forEach(said::add);
    return said;
  }

  /// Takes what the log says, and judges what is there after it.
  void apply(LoggedTx tx) {
    tx.durable().forEach(datom -> durable(tx, datom));
    for (Said datom : tx.ephemeral()) {
      report.check(
          Invariant.I34,
          attributes.contains(datom.a()),
          () -> "outside the chain, and not ephemeral: " + datom + " at " + tx.t());
      if (!datom.added()) {
        retract(tx, datom);
      }
    }
    tx.ephemeral().stream().filter(Said::added).forEach(datom -> add(tx, datom));
    tx.ephemeral().forEach(datom -> judge(tx, datom));
    if (!tx.ephemeral().isEmpty()) {
      all.add(tx.t(), sum);
    }
    for (Said datom : tx.durable()) {
      if (datom.a() == SESSION_OPEN && !datom.added()) {
        Set<Long> left = session(datom.e()).entities;
        report.check(
            Invariant.I32,
            left.isEmpty(),
            () -> "the session " + datom.e() + " ended at " + tx.t() + " and left " + left);
      }
    }
  }

  private void durable(LoggedTx tx, Said datom) {
    report.check(
        Invariant.I34,
        !attributes.contains(datom.a()),
        () -> "in the history, and ephemeral: " + datom + " at " + tx.t());
    if (datom.a() == EPHEMERAL && datom.v().equals(true)) {
      attributes.add(datom.e());
    } else if (datom.a() == SESSION_ID) {
      byId.put((UUID) datom.v(), datom.e());
    } else if (datom.a() == SESSION_PEER) {
      session(datom.e()).peer = (UUID) datom.v();
    } else if (datom.a() == SESSION_OPEN && datom.added()) {
      session(datom.e()).openedT = tx.t();
    } else if (datom.a() == SESSION_OPEN) {
      session(datom.e()).endedT = tx.t();
      ends++;
    }
  }

  private Session session(long e) {
    return sessions.computeIfAbsent(e, _ -> new Session());
  }

  private void retract(LoggedTx tx, Said datom) {
    Set<Fact> of = facts.getOrDefault(datom.e(), new HashSet<>());
    boolean wasThere = of.remove(new Fact(datom.a(), datom.v()));
    report.check(
        Invariant.I12, wasThere, () -> "at " + tx.t() + " was retracted what was not: " + datom);
    if (!wasThere) {
      return;
    }
    if (of.isEmpty()) {
      facts.remove(datom.e());
    }
    sum -= hash(datom);
    if (datom.a() == SESSION) {
      session((Long) datom.v()).entities.remove(datom.e());
    } else {
      holders(datom.v()).add(tx.t(), NOBODY);
    }
  }

  private void add(LoggedTx tx, Said datom) {
    boolean isNew =
        facts.computeIfAbsent(datom.e(), _ -> new HashSet<>()).add(new Fact(datom.a(), datom.v()));
    report.check(
        Invariant.I12, isNew, () -> "at " + tx.t() + " was asserted what was so: " + datom);
    if (!isNew) {
      return;
    }
    sum += hash(datom);
    if (datom.a() == SESSION) {
      session((Long) datom.v()).entities.add(datom.e());
    } else {
      holders(datom.v()).add(tx.t(), datom.e());
    }
  }

  private static long hash(Said datom) {
    return Hashes.datom(0, datom.e(), datom.a(), datom.v(), true);
  }

  /// Who says that an entity is here says it on a session that is open.
  private void judge(LoggedTx tx, Said datom) {
    long session = value(datom.e(), SESSION);
    report.check(
        Invariant.I32,
        session != NOBODY || !facts.containsKey(datom.e()),
        () -> "at " + tx.t() + " stands on no session what is ephemeral: " + datom);
    report.check(
        Invariant.I35,
        !datom.added() || session == NOBODY || session(session).isOpenAt(tx.t()),
        () -> "at " + tx.t() + " somebody goes on, though the session has ended: " + datom);
  }

  /// The value of an ephemeral attribute of cardinality one, now; [#NOBODY] without one.
  long value(long e, long a) {
    for (Fact fact : facts.getOrDefault(e, Set.of())) {
      if (fact.a() == a) {
        return (Long) fact.v();
      }
    }
    return NOBODY;
  }

  /// The entity of an open session; [#NOBODY] when it is not open now.
  long open(UUID id) {
    long e = byId.getOrDefault(id, NOBODY);
    return e != NOBODY && session(e).endedT == Long.MAX_VALUE ? e : NOBODY;
  }

  /// All that stands on a session, as retractions.
  List<Said> ending(long session) {
    var said = new ArrayList<Said>();
    said.add(new Said(session, SESSION_OPEN, true, false));
    for (long e : session(session).entities) {
      facts
          .getOrDefault(e, Set.of())
          .forEach(fact -> said.add(new Said(e, fact.a(), fact.v(), false)));
    }
    return said;
  }

  /// The hash of all ephemeral facts at t.
  long state(long t) {
    return all.at(t, 0);
  }

  /// The entities that had this value, which is written for one entity only, at one time or other.
  States holders(Object value) {
    return holders.computeIfAbsent(value, _ -> new States());
  }

  /// The session of that id; null when it is not in the log.
  @Nullable Session named(UUID id) {
    Long e = byId.get(id);
    return e == null ? null : session(e);
  }

  /// Those that were open at t.
  List<Session> openAt(long t) {
    return sessions.values().stream().filter(session -> session.isOpenAt(t)).toList();
  }

  long opened() {
    return sessions.size();
  }

  long ended() {
    return ends;
  }
}
