/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.DbError;
import page.bits.db.Held;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;

/// One process of a node, from its start to its end, with its connection.
final class Life {
  private final Process process;
  private final SimulatedWorld world;
  private final SimulatedStorage storage;
  private final Simulation simulation;
  private @Nullable Connection connection;
  private @Nullable BitsException stopped;
  private final Map<Held, Map<String, Object>> holdings = new LinkedHashMap<>();
  private @Nullable UUID session;
  private boolean isClosing;

  Life(Process process, SimulatedWorld world, SimulatedStorage storage, Simulation simulation) {
    this.process = process;
    this.world = world;
    this.storage = storage;
    this.simulation = simulation;
  }

  Process process() {
    return process;
  }

  SimulatedWorld world() {
    return world;
  }

  SimulatedStorage storage() {
    return storage;
  }

  void start(String name, Runnable task) {
    world.thread(name, task).start();
  }

  Connection connection() {
    Connection open = connection;
    if (open == null) {
      throw new IllegalStateException(process.name() + " is not connected");
    }
    return open;
  }

  void connected(Connection open) {
    connection = open;
    process.used();
  }

  /// It holds these facts from now on, instead of those before.
  void holds(Held held, Map<String, Object> facts) {
    holdings.put(held, facts);
  }

  void letsGo(Held held) {
    holdings.remove(held);
  }

  /// What it holds.
  Map<Held, Map<String, Object>> holdings() {
    return holdings;
  }

  /// The session that it knew last; others may have ended it.
  @Nullable UUID session() {
    return session;
  }

  void knowsSession(UUID id) {
    session = id;
  }

  boolean isConnected() {
    return connection != null && !isOver();
  }

  /// Whether nothing can be asked of it any more.
  boolean isOver() {
    return isClosing || stopped != null || process.isDead();
  }

  void closing() {
    isClosing = true;
  }

  boolean isClosing() {
    return isClosing;
  }

  /// Why its peer stopped for good; null when it did not.
  @Nullable BitsException stopped() {
    return stopped;
  }

  /// An error of a call is one that this simulation gives reason for.
  void checkExpected(BitsException e) {
    if (e.is(DbError.LOG_FORKED) || e.is(DbError.UNKNOWN_CURSOR)) {
      Violation.check(
          simulation.store().wasRestored(), 4, "%s stopped for no reason: %s", process.name(), e);
      if (e.is(DbError.LOG_FORKED)) {
        simulation.store().reach(Reached.FORK_DETECTED);
        stopped = e;
      }
      return;
    }
    if (e.is(DbError.CLOSED)) {
      Violation.check(isClosing, 38, "%s is closed, by nobody", process.name());
      simulation.store().reach(Reached.CLOSED_WHILE_WAITING);
      return;
    }
    boolean isOfStorage =
        e.category() == ErrorCategory.UNAVAILABLE || e.category() == ErrorCategory.BUSY;
    Violation.check(isOfStorage, 38, "%s: unexpected %s", process.name(), e);
  }
}
