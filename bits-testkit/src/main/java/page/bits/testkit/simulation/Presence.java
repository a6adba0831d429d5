/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Held;
import page.bits.db.Index;

/// Who is to be seen in the values of all processes, beside who should be (I32, I33, I35).
final class Presence {
  private final Simulation simulation;

  Presence(Simulation simulation) {
    this.simulation = simulation;
  }

  /// After healing, everybody who lives is shown everywhere, and nobody else.
  void settle(int seconds) {
    await(35, "sessions of processes that are gone are ended", this::areAllAlive, seconds);
    await(33, "what is held is shown", db -> isShown(db, lives()), seconds);
    await(32, "nobody else is shown", this::isNobodyElse, seconds);
  }

  /// Nothing of this process is to be seen in the value of any other.
  void awaitGone(Process process, int seconds) {
    await(35, process.name() + " is gone", db -> !processes(db).contains(process), seconds);
  }

  /// What this process holds is to be seen in the value of every one.
  void awaitShown(Life life, int seconds) {
    await(33, life.process().name() + " is here", db -> isShown(db, List.of(life)), seconds);
  }

  /// The sessions that are open in the value of some process.
  Set<Long> sessions() {
    Set<Long> sessions = new HashSet<>();
    lives().forEach(life -> sessions.addAll(sessions(life.connection().db())));
    return sessions;
  }

  /// Of all values that can be asked for; looked at again only after one of them has moved.
  private void await(int invariant, String what, Predicate<Db> holds, int seconds) {
    var seen = new long[] {-1};
    BooleanSupplier until =
        () -> {
          List<Life> asked = lives();
          long moved = asked.stream().mapToLong(Presence::moves).sum();
          if (moved == seen[0]) {
            return false;
          }
          seen[0] = moved;
          return asked.stream().allMatch(life -> holds.test(life.connection().db()));
        };
    simulation.await(invariant, "in every value: " + what, until, seconds);
  }

  /// Grows with its value, and with every entity that its holder is told of after that.
  private static long moves(Life life) {
    long known = life.holdings().keySet().stream().filter(it -> it.entity().isPresent()).count();
    return life.connection().db().basisT() + known;
  }

  private List<Life> lives() {
    var lives = new ArrayList<Life>();
    for (Node node : simulation.nodes()) {
      Life life = node.life();
      if (life != null && life.isConnected() && !life.process().isPaused()) {
        lives.add(life);
      }
    }
    return lives;
  }

  private static Set<Long> sessions(Db db) {
    Set<Long> open = new HashSet<>();
    db.datoms(Index.AVET, ":bits.session/open", true).forEach(datom -> open.add(datom.e()));
    return open;
  }

  /// Whose sessions are open.
  private List<Process> processes(Db db) {
    var processes = new ArrayList<Process>();
    for (long session : sessions(db)) {
      for (Datom datom : db.datoms(Index.EAVT, session, ":bits.session/peer")) {
        processes.add(simulation.store().process((UUID) datom.v()));
      }
    }
    return processes;
  }

  private boolean areAllAlive(Db db) {
    List<Process> alive = lives().stream().map(Life::process).toList();
    return alive.containsAll(processes(db));
  }

  private static boolean isShown(Db db, List<Life> lives) {
    for (Life life : lives) {
      for (Map.Entry<Held, Map<String, Object>> holding : life.holdings().entrySet()) {
        OptionalLong entity = holding.getKey().entity();
        if (entity.isEmpty() || !facts(db, entity.getAsLong()).equals(values(holding.getValue()))) {
          return false;
        }
      }
    }
    return true;
  }

  private static Set<Object> facts(Db db, long entity) {
    Set<Object> facts = new HashSet<>();
    for (String attribute : List.of(":here/name", ":here/mark")) {
      db.datoms(Index.EAVT, entity, attribute).forEach(datom -> facts.add(datom.v()));
    }
    return facts;
  }

  /// Names are text and marks are numbers.
  private static Set<Object> values(Map<String, Object> facts) {
    Set<Object> values = new HashSet<>();
    for (Object value : facts.values()) {
      values.addAll(value instanceof Collection<?> many ? many : List.of(value));
    }
    return values;
  }

  /// Each process has one session at most, and what is not held was said by a client.
  private boolean isNobodyElse(Db db) {
    List<Process> processes = processes(db);
    Set<Long> held = new HashSet<>();
    lives()
        .forEach(
            life -> life.holdings().keySet().forEach(one -> one.entity().ifPresent(held::add)));
    for (Datom datom : db.datoms(Index.AEVT, ":here/name")) {
      if (!held.contains(datom.e()) && !((String) datom.v()).startsWith(Act.SAID)) {
        return false;
      }
    }
    return new HashSet<>(processes).size() == processes.size() && areAllAlive(db);
  }
}
