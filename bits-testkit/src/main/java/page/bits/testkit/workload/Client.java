/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.testkit.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Db;
import page.bits.db.Outcome;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;
import page.bits.testkit.history.Answer;
import page.bits.testkit.history.Checker;
import page.bits.testkit.history.HistoryWriter;
import page.bits.testkit.history.Request;

/// One client of a connection: asks, waits, writes both down, and asks again. Confined to one
/// thread.
final class Client {
  private static final Duration DEADLINE = Duration.ofSeconds(6);
  private static final int BATCH_MAX = 12;
  private static final int REMEMBERED = 40;
  private static final List<String> JUDGED =
      List.of(
          ":db.error/cas-failed",
          ":db.error/unique-conflict",
          ":bits.error/session-ended",
          Checker.TOO_LITTLE);

  /// Codes after which a transaction is certainly not committed, nor ever will be.
  private static final List<String> NEVER_COMMITTED =
      List.of(
          ":bits.error/deadline",
          ":bits.error/busy",
          ":bits.error/closed",
          ":bits.error/evaluation-timeout");

  /// A transaction with an id, which may be submitted again.
  record Known(Request.Write request, long tag, UUID id) {}

  private record Pending(long number, CompletableFuture<TxReport> future) {}

  private final Connection connection;
  private final HistoryWriter history;
  private final String name;
  private final Random random;
  private final Requests requests;
  private final AtomicLong tags;
  private final List<Known> known = new ArrayList<>();
  private final Holding holding;
  private long number;

  Client(Connection connection, HistoryWriter history, String name, long seed, AtomicLong tags) {
    this.connection = connection;
    this.history = history;
    this.name = name;
    this.random = new Random(seed);
    this.requests = new Requests(random);
    this.tags = tags;
    this.holding = new Holding(connection, name);
  }

  /// First what an earlier process left without an answer, then until it is told to stop.
  void run(List<Known> unanswered, Duration thinking, BooleanSupplier isStopped) {
    for (Known left : unanswered) {
      if (isStopped.getAsBoolean()) {
        return;
      }
      ask(left);
      repeat(left);
    }
    hold(tags.incrementAndGet());
    while (!isStopped.getAsBoolean()) {
      int dice = random.nextInt(100);
      if (dice < 5) {
        write(2 + random.nextInt(BATCH_MAX - 1));
      } else if (dice < 25) {
        write(1);
      } else if (dice < 27) {
        hold(tags.incrementAndGet());
      } else if (dice < 96 || known.isEmpty()) {
        read();
      } else if (dice < 98) {
        repeat(known.get(random.nextInt(known.size())));
      } else {
        ask(known.get(random.nextInt(known.size())));
      }
      if (!thinking.isZero()) {
        LockSupport.parkNanos(random.nextLong(thinking.toNanos()));
      }
    }
  }

  /// Submits so many, one after the other without waiting, then waits for each.
  private void write(int count) {
    var pending = new ArrayList<Pending>(count);
    for (int i = 0; i < count; i++) {
      long tag = tags.incrementAndGet();
      Request.Write request = requests.write(connection.db(), tag, session());
      UUID id = random.nextInt(4) == 0 ? new UUID(random.nextLong(), tag) : null;
      pending.add(submit(request, tag, id));
      if (id != null) {
        remember(new Known(request, tag, id));
      }
    }
    pending.forEach(this::await);
  }

  /// Empty while the storage is away and none is open.
  private Optional<UUID> session() {
    try {
      return Optional.of(connection.session().id());
    } catch (BitsException _) {
      return Optional.empty();
    }
  }

  private void remember(Known one) {
    if (known.size() < REMEMBERED) {
      known.add(one);
    } else {
      known.set(random.nextInt(REMEMBERED), one);
    }
  }

  private void repeat(Known again) {
    await(submit(again.request(), again.tag(), again.id()));
  }

  private Pending submit(Request.Write request, long tag, @Nullable UUID id) {
    Tx tx = Workload.tx(request, tag).deadline(DEADLINE);
    long asked = asked(request, tag, id);
    CompletableFuture<TxReport> future;
    try {
      future = connection.transactAsync(id == null ? tx : tx.id(id));
    } catch (BitsException e) {
      future = CompletableFuture.failedFuture(e);
    }
    return new Pending(asked, future);
  }

  private void await(Pending pending) {
    Answer answer;
    try {
      answer = new Answer.Committed(pending.future().join().t(), basis());
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof BitsException reason)) {
        throw e;
      }
      answer = refused(reason);
    }
    answered(pending.number(), answer);
  }

  private Answer refused(BitsException reason) {
    String code = reason.code();
    if (JUDGED.contains(code)) {
      return new Answer.Refused(code, found(reason.data()), basis());
    }
    return NEVER_COMMITTED.contains(code)
        ? new Answer.Failed(code, basis())
        : new Answer.Unknown(code, basis());
  }

  private static long found(Map<String, @Nullable Object> data) {
    Object found = data.containsKey("holder") ? data.get("holder") : data.get("found");
    return found instanceof Long number ? number : Long.MIN_VALUE;
  }

  private void read() {
    Request.Read request = requests.read(basis());
    long asked = asked(request, 0, null);
    Answer answer;
    try {
      Db db = request.mode() == Request.Mode.SYNC ? connection.sync() : connection.db();
      boolean isAsOf = request.mode() == Request.Mode.AS_OF;
      long state =
          isAsOf
              ? Workload.stateAsOf(db, request.asOf(), request.thing())
              : Workload.state(db, request.thing());
      answer = new Answer.Seen(isAsOf ? request.asOf() : db.basisT(), state, basis());
    } catch (BitsException e) {
      answer = new Answer.Unread(e.code(), basis());
      pauseAfter(e);
    }
    answered(asked, answer);
  }

  /// Beside the mark before it, so that values come and go.
  private void hold(long mark) {
    long asked = asked(new Request.Hold(mark), 0, null);
    Answer answer;
    try {
      long e = holding.mark(mark);
      answer = new Answer.Seen(basis(), e, basis());
    } catch (BitsException e) {
      answer = new Answer.Unread(e.code(), basis());
      pauseAfter(e);
    }
    answered(asked, answer);
  }

  /// What the client ought to hold, as far as it was told that it does; after its end.
  OptionalLong held() {
    return holding.mark();
  }

  private void ask(Known one) {
    long asked = asked(new Request.Ask(one.id(), one.tag()), one.tag(), one.id());
    Answer answer;
    try {
      answer =
          switch (connection.outcome(one.id())) {
            case Outcome.Committed(TxReport report) -> new Answer.Told(report.t(), basis());
            case Outcome.Absent _, Outcome.Refused _ -> new Answer.Told(0, basis());
            case Outcome.StillUnknown _ -> new Answer.Told(-1, basis());
          };
    } catch (BitsException e) {
      answer = new Answer.Unread(e.code(), basis());
      pauseAfter(e);
    }
    answered(asked, answer);
  }

  /// A peer that has stopped refuses at once: asking it as fast as it answers would fill the disk.
  private static void pauseAfter(BitsException e) {
    if (e.category() == ErrorCategory.FAULT || e.category() == ErrorCategory.UNAVAILABLE) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private long basis() {
    return connection.db().basisT();
  }

  private long asked(Request request, long tag, @Nullable UUID id) {
    long basis = basis();
    history.asked(name, ++number, System.nanoTime(), tag, id, basis, request);
    return number;
  }

  private void answered(long asked, Answer answer) {
    history.answered(name, asked, System.nanoTime(), answer);
  }
}
