/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import page.bits.db.DbError;
import page.bits.db.Tx;
import page.bits.db.internal.log.v1.EntryCodec;
import page.bits.db.internal.memory.MemoryStorage;
import page.bits.db.spi.DatabaseId;
import page.bits.error.BitsException;

/* One run of a whole cluster from one seed.
 *
 * First the safety phase, in which whatever this seed draws goes wrong, while clients work and subscribers read. Then
 * everything is healed, and within a deadline in simulated time every client has to be done, every process has to commit, and every
 * subscriber has to reach the head. At the end all that was seen is held against the log.
 */

/// A simulation of nodes, clients and subscribers on one storage; see [#run].
final class Simulation {
  /// Where every clock begins.
  static final long EPOCH_MILLIS = 1_800_000_000_000L;

  private static final long SECOND = 1_000_000_000L;
  private static final long STEPS_MAX = 3_000_000;
  private static final String NAME = "catalog/main";

  /// What came of a seed.
  record Result(
      long seed,
      Swarm.Kind kind,
      long traceHash,
      long steps,
      long calls,
      long transactions,
      Set<Reached> reached) {}

  private final long seed;
  private final Mutation mutation;
  private final Swarm drawn;
  private final SplittableRandom random;
  private final Trace trace = new Trace();
  private final Set<Reached> reached = EnumSet.noneOf(Reached.class);
  private final Scheduler scheduler;
  private final SimulatedStore store;
  private final History history;
  private final Bank bank;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Subscriber> subscribers = new ArrayList<>();
  private boolean isHealed;
  private long healedNanos;
  private long lookedUpPosition = -1;
  private long lookedUpT;

  private Simulation(long seed, Mutation mutation) {
    this.seed = seed;
    this.mutation = mutation;
    this.random = new SplittableRandom(seed);
    this.drawn = Swarm.of(random.split());
    this.scheduler = new Scheduler(random.split(), drawn, trace);
    this.store = new SimulatedStore(scheduler, random.split(), trace, reached);
    this.history = new History(store, scheduler);
    this.bank = Bank.open(seed, scheduler);
  }

  /// Runs a seed to its end. Throws [Violation] with the number of the invariant, the seed and what
  /// happened last.
  static Result run(long seed, Mutation mutation) {
    var simulation = new Simulation(seed, mutation);
    try {
      return simulation.run();
    } catch (RuntimeException | Error e) {
      var failure =
          new AssertionError(
              "seed "
                  + seed
                  + ", "
                  + simulation.drawn
                  + ": "
                  + e.getMessage()
                  + "\n  "
                  + String.join("\n  ", simulation.trace.last())
                  + "\n  "
                  + String.join("\n  ", simulation.scheduler.waiting()),
              e);
      failure.setStackTrace(new StackTraceElement[0]);
      throw failure;
    } finally {
      Bank.close(seed);
    }
  }

  private Result run() {
    Swarm swarm = swarm();
    int client = 0;
    for (int n = 0; n < swarm.nodes(); n++) {
      var clients = new ArrayList<Client>();
      for (int c = 0; c < swarm.clientsPerNode(); c++) {
        clients.add(new Client(client++, this, random.split(), swarm.operationsPerClient()));
      }
      nodes.add(new Node(n, this, random.split(), clients));
    }
    int readers = swarm.kind() == Swarm.Kind.CONTENTION ? 0 : random.nextInt(4);
    for (int s = 0; s < readers; s++) {
      subscribers.add(new Subscriber(s, this, random.split()));
    }
    for (Node node : nodes) {
      var _ = scheduler.after(random.nextLong(20_000_000), node::start);
    }
    switch (swarm.kind()) {
      case ORDINARY, LONG -> ordinary();
      case CONTENTION -> contention();
      case RESTORED -> restored();
      case DEPARTURES -> departures();
    }
    if (bank.evaluationsMax() >= 5) {
      reached.add(Reached.EVALUATED_FIVE_TIMES);
    }
    return new Result(
        seed,
        swarm.kind(),
        trace.hash(),
        scheduler.steps(),
        history.calls(),
        store.log().size(),
        Set.copyOf(reached));
  }

  private void ordinary() {
    new Nemesis(this, random.split()).plan();
    var _ = scheduler.run(this::areClientsDone, 60 * SECOND, STEPS_MAX);
    heal();
    await(38, "every client is done", this::areClientsDone, 45);
    await(26, "every process is connected", this::areConnected, 20);
    commitEverywhere();
    checkAtRest();
    closeEverywhere();
  }

  private void contention() {
    await(38, "every process is connected", this::areConnected, 20);
    long[] before = nodes.stream().mapToLong(Simulation::committed).toArray();
    var _ = scheduler.run(() -> false, SECOND, STEPS_MAX);
    long sum = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < before.length; i++) {
      long share = committed(nodes.get(i)) - before[i];
      sum += share;
      least = Math.min(least, share);
    }
    Violation.check(
        4 * least * before.length >= sum,
        38,
        "the slowest of %d got %d of %d",
        before.length,
        least,
        sum);
    nodes.forEach(node -> node.clients().forEach(Client::stop));
    heal();
    await(38, "every client is done", this::areClientsDone, 15);
    commitEverywhere();
    checkAtRest();
  }

  private void departures() {
    heal();
    await(26, "every process is connected", this::areConnected, 20);
    await(38, "every client is done", this::areClientsDone, 45);
    new Departures(this, random.split()).run();
    commitEverywhere();
    checkAtRest();
    closeEverywhere();
  }

  private void checkAtRest() {
    new Presence(this).settle(20);
    await(26, "every peer reached the head", () -> areAt(headT()), 5);
    await(26, "every subscriber reached the head", () -> areSubscribersAt(headT()), 10);
    if (random.nextInt(8) == 0) {
      SessionChecks.idle(this, 3 * SECOND);
    }
    Checks.all(this);
  }

  private boolean areAt(long t) {
    return nodes.stream()
        .map(Node::life)
        .allMatch(life -> life != null && life.connection().db().basisT() == t);
  }

  private static long committed(Node node) {
    return node.clients().stream().mapToLong(Client::committed).sum();
  }

  /// An older copy of the storage is put in place under live peers.
  private void restored() {
    var _ = scheduler.run(() -> store.headPosition() > 8, 30 * SECOND, STEPS_MAX);
    heal();
    await(26, "every process is connected", this::areConnected, 20);
    var _ =
        scheduler.run(() -> store.headPosition() > 8 || areClientsDone(), 20 * SECOND, STEPS_MAX);
    passUntilHealedFor(SessionChecks.HANGING_NANOS);
    if (store.headPosition() > 4) {
      new Restoring(this, random.split()).run();
    }
  }

  void heal() {
    note("healed");
    isHealed = true;
    healedNanos = scheduler.nowNanos();
    store.heal();
    nodes.forEach(Node::heal);
  }

  boolean isHealed() {
    return isHealed;
  }

  void await(int invariant, String what, java.util.function.BooleanSupplier until, long seconds) {
    boolean holds = scheduler.run(until, seconds * SECOND, STEPS_MAX);
    Violation.check(holds, invariant, "not within %d s: %s", seconds, what);
  }

  /// Lets so much time pass.
  void pass(long nanos) {
    long end = scheduler.nowNanos() + nanos;
    var _ = scheduler.run(() -> false, nanos, STEPS_MAX);
    Violation.check(scheduler.nowNanos() == end, 38, "somebody works without an end");
  }

  /// Lets time pass until all has been well for so long.
  void passUntilHealedFor(long nanos) {
    pass(Math.max(0, healedNanos + nanos - scheduler.nowNanos()));
  }

  private boolean areClientsDone() {
    for (Node node : nodes) {
      for (Client client : node.clients()) {
        if (!client.isDone()) {
          return false;
        }
      }
      if (!node.holder().isDone()) {
        return false;
      }
    }
    return history.submitted().stream().allMatch(each -> each.answer() != null);
  }

  private boolean areConnected() {
    return nodes.stream().map(Node::life).allMatch(life -> life != null && life.isConnected());
  }

  /// One transaction of each process, which has to be committed, and a look at all of them.
  private void commitEverywhere() {
    var left = new ArrayList<Life>();
    for (Node node : nodes) {
      Life life = java.util.Objects.requireNonNull(node.life());
      left.add(life);
      life.start(
          "last",
          () -> {
            commitLast(life);
            left.remove(life);
          });
    }
    await(38, "every process committed", left::isEmpty, 25);
  }

  private void commitLast(Life life) {
    long operation = history.nextOperation();
    var act = new Act.Add(0, operation);
    var submitted =
        history.add(
            new Submitted(
                operation,
                act,
                null,
                -1,
                life.process(),
                history,
                scheduler.nowNanos() + 10 * SECOND));
    try {
      var report = life.connection().transact(Tx.of(act.forms(operation, seed)));
      submitted.answered(Answer.of(report), history);
      long head = history.headPosition();
      history.synced(head, life.connection().sync().basisT());
      for (Submitted each : List.copyOf(history.submitted())) {
        if (each.answer() instanceof Answer.Unknown unknown) {
          var outcome = life.connection().outcome(unknown.submissionId());
          history.told(
              new History.Told(unknown.submissionId(), head, history.headPosition(), outcome));
        }
      }
    } catch (BitsException e) {
      throw new Violation(38, life.process().name() + " cannot commit though all is well: " + e);
    }
  }

  private boolean areSubscribersAt(long t) {
    return subscribers.stream().allMatch(each -> each.start() != null && each.lastT() == t);
  }

  private void closeEverywhere() {
    var left = new ArrayList<Life>();
    for (Node node : nodes) {
      Life life = java.util.Objects.requireNonNull(node.life());
      left.add(life);
      life.closing();
      life.start(
          "close",
          () -> {
            life.connection().close();
            left.remove(life);
          });
    }
    await(38, "every process closed", left::isEmpty, 10);
    for (Node node : nodes) {
      Life life = java.util.Objects.requireNonNull(node.life());
      boolean isClosed;
      try {
        isClosed = false;
        var _ = life.connection().txReports();
      } catch (BitsException e) {
        isClosed = e.is(DbError.CLOSED);
      }
      Violation.check(isClosed, 38, "%s answers though it is closed", life.process().name());
    }
  }

  /// Another process, for a subscriber that moves.
  Optional<Life> otherHome(Life home, SplittableRandom random) {
    Life other = nodes.get(random.nextInt(nodes.size())).life();
    return other == null || other == home || !other.isConnected()
        ? Optional.empty()
        : Optional.of(other);
  }

  /// A process can be used: subscribers without one may take it.
  void connected(Life life) {
    subscribers.stream().filter(Subscriber::isHomeless).forEach(each -> each.moveTo(life));
  }

  static Optional<DatabaseId> database(MemoryStorage memory) {
    return memory
        .get(NAME)
        .map(
            record ->
                new DatabaseId(
                    UUID.fromString(
                        new String(record.bytes().toArray(), StandardCharsets.US_ASCII))));
  }

  long seed() {
    return seed;
  }

  Mutation mutation() {
    return mutation;
  }

  Swarm swarm() {
    return scheduler.swarm();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  SimulatedStore store() {
    return store;
  }

  History history() {
    return history;
  }

  List<Node> nodes() {
    return nodes;
  }

  List<Subscriber> subscribers() {
    return subscribers;
  }

  SplittableRandom random() {
    return random;
  }

  void reach(Reached state) {
    reached.add(state);
  }

  void note(String what) {
    trace.note(scheduler.nowNanos(), what);
  }

  /// The newest t up to a position of the log as it lies in the storage. The t of the head of the
  /// log at this moment: what is held may still be told of.
  private long headT() {
    long position = store.headPosition();
    if (position != lookedUpPosition) {
      lookedUpPosition = position;
      lookedUpT = newestT(position);
    }
    return lookedUpT;
  }

  long newestT(long position) {
    DatabaseId database = database(store.memory()).orElseThrow();
    return EntryCodec.decode(database, store.log().get(Math.toIntExact(position))).lastT();
  }
}
