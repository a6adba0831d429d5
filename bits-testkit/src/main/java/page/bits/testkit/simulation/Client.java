/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.Db;
import page.bits.db.Index;
import page.bits.db.Outcome;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.error.BitsException;

/// Someone who writes and reads through whatever process its node runs at the moment, one call or
/// one batch after the other.
final class Client {
  private static final long SECOND = 1_000_000_000L;

  /// What is submitted again later, under the same id.
  private record Repeatable(long operation, Act act, UUID txId) {}

  private final int number;
  private final Simulation simulation;
  private final SplittableRandom random;
  private final List<UUID> unknown = new ArrayList<>();
  private @Nullable Repeatable repeatable;
  private int left;
  private long committed;

  Client(int number, Simulation simulation, SplittableRandom random, int operations) {
    this.number = number;
    this.simulation = simulation;
    this.random = random;
    this.left = operations;
  }

  boolean isDone() {
    return left <= 0;
  }

  /// No more after what is under way.
  void stop() {
    left = 0;
  }

  long committed() {
    return committed;
  }

  /// Works until it is done or its process ends; once for each process of its node.
  void run(Life life) {
    long seen = 0;
    while (left > 0 && !life.isOver()) {
      simulation.scheduler().sleep(random.nextLong(simulation.swarm().thinkNanosMax() + 1));
      try {
        act(life);
      } catch (BitsException e) {
        life.checkExpected(e);
      }
      long basisT = life.connection().db().basisT();
      Violation.check(
          basisT >= seen, 19, "client %d went back from %d to %d", number, seen, basisT);
      seen = basisT;
    }
  }

  private void act(Life life) {
    int choice = simulation.swarm().kind() == Swarm.Kind.CONTENTION ? 99 : random.nextInt(100);
    if (choice < 10) {
      left--;
      read(life.connection().db());
    } else if (choice < 18) {
      left--;
      sync(life);
    } else if (choice < 24 && !unknown.isEmpty()) {
      ask(life, unknown.get(random.nextInt(unknown.size())));
    } else {
      write(life, 1 + random.nextInt(simulation.swarm().batchMax()));
    }
  }

  /// A value is of one moment: money is neither lost nor made in it.
  private void read(Db db) {
    long sum = 0;
    int accounts = 0;
    for (Datom datom : db.datoms(Index.AEVT, ":item/balance")) {
      sum += (Long) datom.v();
      accounts++;
    }
    Violation.check(
        sum == accounts * Act.BALANCE && accounts % Act.ACCOUNTS == 0,
        22,
        "%d accounts hold %d at %d",
        accounts,
        sum,
        db.basisT());
    simulation.history().saw(db, random.nextInt(6) == 0);
  }

  private void sync(Life life) {
    long head = simulation.history().headPosition();
    Db db = life.connection().sync();
    simulation.history().synced(head, db.basisT());
    read(db);
  }

  private void ask(Life life, UUID submissionId) {
    History history = simulation.history();
    long head = history.headPosition();
    Outcome outcome = life.connection().outcome(submissionId);
    history.told(new History.Told(submissionId, head, history.headPosition(), outcome));
    if (!(outcome instanceof Outcome.StillUnknown)) {
      unknown.remove(submissionId);
    }
  }

  private void write(Life life, int count) {
    left -= count;
    if (count == 1 && random.nextBoolean()) {
      writeOne(life);
      return;
    }
    var batch = new ArrayList<Submitted>();
    var futures = new ArrayList<CompletableFuture<TxReport>>();
    for (int i = 0; i < count; i++) {
      futures.add(submit(life, next(life, batch)));
    }
    long t = 0;
    for (int i = 0; i < count; i++) {
      try {
        TxReport report = futures.get(i).join();
        boolean isRepeated = batch.get(i).txId() != null;
        Violation.check(
            isRepeated || report.t() > t, 19, "client %d lost its order: %s", number, batch.get(i));
        t = isRepeated ? t : report.t();
        acked(life, batch.get(i), report);
      } catch (CompletionException e) {
        failed(life, batch.get(i), e.getCause());
      }
    }
  }

  private static CompletableFuture<TxReport> submit(Life life, Tx tx) {
    try {
      return life.connection().transactAsync(tx);
    } catch (BitsException e) { // closed meanwhile
      return CompletableFuture.failedFuture(e);
    }
  }

  private void writeOne(Life life) {
    var one = new ArrayList<Submitted>();
    Tx tx = next(life, one);
    try {
      acked(life, one.getFirst(), life.connection().transact(tx));
    } catch (BitsException e) {
      failed(life, one.getFirst(), e);
    }
  }

  private void acked(Life life, Submitted submitted, TxReport report) {
    committed++;
    submitted.answered(Answer.of(report), simulation.history());
    simulation.history().passed(report.cursor());
    long basisT = life.connection().db().basisT();
    Violation.check(basisT >= report.t(), 19, "not in db(): %s", submitted);
  }

  private void failed(Life life, Submitted submitted, @Nullable Throwable failure) {
    if (!(failure instanceof BitsException e)) {
      throw new IllegalStateException("no error of Bits", failure);
    }
    Answer answer = Answer.of(e);
    submitted.answered(answer, simulation.history());
    simulation.note(submitted.toString());
    if (answer instanceof Answer.Unknown left) {
      unknown.add(left.submissionId());
    } else if (!(answer instanceof Answer.Refused)) {
      life.checkExpected(e);
    }
  }

  /// Makes the next transaction, and a line in the history.
  private Tx next(Life life, List<Submitted> into) {
    Repeatable again = repeatable;
    boolean isRepeated = again != null && random.nextInt(4) == 0;
    if (again != null && isRepeated) {
      repeatable = null;
      boolean isSame = random.nextInt(4) > 0;
      return isSame
          ? tx(life, again.operation(), again.act(), again.txId(), into)
          : tx(life, simulation.history().nextOperation(), again.act(), again.txId(), into);
    }
    long operation = simulation.history().nextOperation();
    Act act = act(life, operation);
    UUID txId = random.nextInt(3) == 0 ? new UUID(random.nextLong(), random.nextLong()) : null;
    if (txId != null) {
      repeatable = new Repeatable(operation, act, txId);
    }
    return tx(life, operation, act, txId, into);
  }

  private Tx tx(Life life, long operation, Act act, @Nullable UUID txId, List<Submitted> into) {
    long least = simulation.swarm().deadlineNanosMin();
    long wait = least + random.nextLong(10 * SECOND - least + 1);
    long deadline = simulation.history().nowNanos() + wait;
    if (!into.isEmpty()) { // asked about after those before it
      deadline = Math.max(deadline, into.getLast().deadlineNanos());
    }
    into.add(
        simulation
            .history()
            .add(
                new Submitted(
                    operation, act, txId, number, life.process(), simulation.history(), deadline)));
    Tx tx = Tx.of(act.forms(operation, simulation.seed())).deadline(Duration.ofNanos(wait));
    return txId == null ? tx : tx.id(txId);
  }

  private Act act(Life life, long operation) {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> {
        int counter = random.nextInt(Act.COUNTERS);
        yield new Act.Count(
            counter, count(life.connection().db(), counter) + random.nextInt(8) / 7);
      }
      case 6, 7, 8, 9, 10 -> {
        int from = random.nextInt(Act.ACCOUNTS);
        int to = (from + 1 + random.nextInt(Act.ACCOUNTS - 1)) % Act.ACCOUNTS;
        boolean isSlow = simulation.scheduler().happens(simulation.swarm().slowFunction());
        long slow =
            isSlow ? random.nextLong(random.nextInt(50) == 0 ? 12 * SECOND : SECOND / 5) : 0;
        yield new Act.Transfer(from, to, 1 + random.nextInt(80), slow);
      }
      case 11, 12 -> new Act.Badge(random.nextInt(Act.BADGES));
      case 13 -> new Act.Mistake();
      case 14 -> {
        UUID session = life.session();
        yield session == null ? new Act.Mistake() : new Act.Say(session);
      }
      default -> new Act.Add(random.nextInt(Act.LISTS), operation);
    };
  }

  private static long count(Db db, int counter) {
    long entity = db.entid(Act.item("c", counter)).orElse(-1);
    if (entity >= 0) {
      for (Datom datom : db.datoms(Index.EAVT, entity, ":item/count")) {
        return (Long) datom.v();
      }
    }
    return 0;
  }
}
