/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Tx;
import page.bits.db.internal.peer.SharedPeer;
import page.bits.db.spi.BitsUri;
import page.bits.error.BitsException;

/// A place where one process after the other runs, with the clients that work through it.
final class Node {
  private static final BitsUri URI = BitsUri.parse("bits:mem:simulation");
  private static final java.util.UUID SET_UP = new java.util.UUID(5, 5);
  private static final long ANSWERED_NANOS = 5_000_000_000L;
  private static final long WALL_MILLIS_MAX = 1_000_000_000; // a million seconds

  private final int number;
  private final Simulation simulation;
  private final SplittableRandom random;
  private final List<Client> clients;
  private final Holder holder;
  private int lives;
  private @Nullable Life life;

  Node(int number, Simulation simulation, SplittableRandom random, List<Client> clients) {
    this.holder = new Holder(number, simulation, random.split());
    this.number = number;
    this.simulation = simulation;
    this.random = random;
    this.clients = List.copyOf(clients);
  }

  List<Client> clients() {
    return clients;
  }

  Holder holder() {
    return holder;
  }

  @Nullable Life life() {
    return life;
  }

  /// Starts a process, unless one runs.
  void start() {
    Life now = life;
    if (now != null && !now.process().isDead()) {
      return;
    }
    String name = "n" + number + "." + ++lives;
    Scheduler scheduler = simulation.scheduler();
    long ahead = random.nextBoolean() ? 0 : random.nextLong(-WALL_MILLIS_MAX, WALL_MILLIS_MAX);
    var process = new Process(name, scheduler, random.nextLong(1L << 50) - (1L << 49), ahead);
    var world = new SimulatedWorld(process, scheduler, random.split());
    var storage = new SimulatedStorage(process, world, simulation.store());
    var next = new Life(process, world, storage, simulation);
    life = next;
    simulation.note(name + " starts");
    next.start("main", () -> run(next));
  }

  private void run(Life next) {
    Connection connection = persist(next, () -> simulation.mutation().connect(next, URI));
    persist(
        next,
        () -> {
          connection.ensureSchema(Act.SCHEMA);
          var setUp = new Act.SetUp();
          return connection.transact(Tx.of(setUp.forms(0, simulation.seed())).id(SET_UP));
        });
    next.connected(connection);
    simulation.note(next.process().name() + " is connected");
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      next.start("client " + i, () -> client.run(next));
    }
    next.start("holder", () -> holder.run(next));
    simulation.connected(next);
  }

  /// Again and again, while the storage does not let it.
  private <T> T persist(Life next, java.util.function.Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (BitsException e) {
        next.checkExpected(e);
        simulation.scheduler().sleep(5_000_000 + random.nextLong(100_000_000));
      }
    }
  }

  static Connection connect(Life life, page.bits.db.spi.Storage storage) {
    return SharedPeer.connectAlone(URI, storage, life.world());
  }

  /// The process dies, wherever it is, and another starts a while later.
  void crash(long againNanos) {
    Life now = life;
    if (now == null || now.process().isDead()) {
      return;
    }
    if (now.storage().isAppending()) {
      simulation.store().reach(Reached.CRASHED_WHILE_APPENDING);
    }
    simulation.note(now.process().name() + " crashes");
    now.process().crash();
    simulation.store().forget(now.process());
    simulation.history().crashed(now.process());
    var _ = simulation.scheduler().after(againNanos, this::start);
  }

  void pause(long nanos) {
    Life now = life;
    if (now == null || now.process().isDead() || now.process().isPaused()) {
      return;
    }
    if (now.storage().isAppending()) {
      simulation.store().reach(Reached.PAUSED_WHILE_APPENDING);
    }
    simulation.note(now.process().name() + " is paused");
    now.process().pause();
    var _ = simulation.scheduler().after(nanos, () -> wake(now));
  }

  private void wake(Life paused) {
    if (!paused.process().isDead() && paused.process().isPaused()) {
      simulation.note(paused.process().name() + " goes on");
      paused.process().wake();
    }
  }

  /// Closes the connection; the process ends with it, and another starts a while later.
  void close(long againNanos) {
    Life now = life;
    if (now == null || !now.isConnected() || now.process().isPaused()) {
      return;
    }
    simulation.note(now.process().name() + " closes");
    now.closing();
    now.start(
        "close",
        () -> {
          now.connection().close();
          now.storage().close();
          var _ = simulation.scheduler().after(againNanos + ANSWERED_NANOS, () -> ended(now));
        });
  }

  private void ended(Life closed) {
    if (life == closed && !closed.process().isDead()) {
      if (!closed.process().isPaused()) {
        simulation.history().checkAnswered(closed.process());
      }
      crash(0);
    }
  }

  /// What was broken works again.
  void heal() {
    Life now = life;
    if (now != null) {
      wake(now);
      now.storage().cutOff(false);
    }
    start();
  }

  /// Sets the wall clock by up to a million seconds.
  void setWall() {
    Life now = life;
    if (now != null) {
      now.process().setWall(random.nextLong(-WALL_MILLIS_MAX, WALL_MILLIS_MAX));
    }
  }
}
