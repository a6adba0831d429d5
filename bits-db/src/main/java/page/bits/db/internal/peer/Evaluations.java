/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.internal.index.Budget;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.DatomSource;
import page.bits.db.internal.index.IndexView;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.index.PendingView;
import page.bits.db.internal.tx.Evaluated;
import page.bits.db.internal.tx.Evaluator;
import page.bits.db.internal.tx.Moments;
import page.bits.db.internal.tx.TxContext;
import page.bits.db.internal.value.IndexMoments;
import page.bits.error.BitsException;

/* Where transactions are evaluated.
 *
 * One that meets no user code is evaluated on the committing thread itself: its work is ours, counts its steps and looks
 * at the clock, so it ends at its deadline by itself. At the first function or predicate that is not ours the evaluation
 * is begun again on a thread of its own, on an index that nobody changes. The committing thread waits for it no longer
 * than the deadline; then it interrupts that thread, lets every further read there throw, and goes on without it. What is
 * left behind shares nothing that it could spoil.
 */

/// Evaluates the transactions of one peer, each for so long at most. [#close] may be called from
/// any thread, the rest from the committing one.
final class Evaluations {
  static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int HANGING_MAX = 8;

  /// So often the world's clock is looked at, which may be another than the one that waits.
  private static final long WAIT_NANOS_MAX = 20_000_000;

  /// What the committing thread does while it waits or works for long.
  interface Meanwhile {
    /// Settles what has ended; false when what is evaluated stands on an entry that is not in the
    /// log.
    boolean settle();

    /// The same, and sends what was judged before.
    boolean settleAndSend();

    /// Waits until `isDone` may have become true, [#wake()] was called, or so long.
    void await(BooleanSupplier isDone, long nanosMax);

    void wake();
  }

  /// An evaluation was given up, for this reason: no data can be blamed for it.
  static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final BitsException reason;

    GivenUp(BitsException reason) {
      super(reason);
      this.reason = reason;
    }

    BitsException reason() {
      return reason;
    }
  }

  /// What it was evaluated on is not in the log: it has to be judged again.
  static final class Outdated extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Outdated() {
      super("outdated", null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    }
  }

  private final World world;
  private final Meanwhile meanwhile;

  /// Never shut down: idle threads end by themselves.
  private final Executor threads;

  private final AtomicInteger hanging = new AtomicInteger();
  private volatile @Nullable Budget current;
  private volatile @Nullable BitsException closedFor;

  Evaluations(World world, Meanwhile meanwhile) {
    this.world = world;
    this.threads = world.workers("bits-evaluate");
    this.meanwhile = meanwhile;
  }

  /// Evaluates the forms on what is pending. Throws the refusal, or [GivenUp].
  Evaluated evaluate(PendingView pending, StorageClock clock, Submission of, List<?> forms) {
    var watch = new EvaluationWatch(world, of);
    var here = new Budget(budget -> lookHere(budget, watch), /* mayRunUserCode= */ false);
    begin(here);
    try {
      pending.within(here);
      Evaluated evaluated =
          Evaluator.evaluate(
              context(pending, pending.counters(), clock, new IndexMoments(pending::build), here),
              forms);
      here.ended().ifPresent(this::giveUp);
      return evaluated;
    } catch (Budget.UserCodeAhead _) {
      return onOwnThread(pending.build(), clock, forms, watch);
    } catch (RuntimeException | StackOverflowError e) {
      here.ended().ifPresent(this::giveUp);
      throw e;
    } finally {
      current = null;
    }
  }

  private void giveUp(BitsException reason) {
    throw new GivenUp(reason);
  }

  private void begin(Budget budget) {
    current = budget;
    BitsException closed = closedFor;
    if (closed != null) {
      throw new GivenUp(closed);
    }
  }

  private void lookHere(Budget budget, EvaluationWatch watch) {
    if (watch.look(budget) > 0 && !meanwhile.settle()) {
      throw new Outdated();
    }
  }

  private static TxContext context(
      DatomSource before, Counters counters, StorageClock clock, Moments moments, Budget budget) {
    return new TxContext(
        before,
        counters.nextEntity(),
        counters.nextElement(),
        counters.txInstant(),
        clock.now(),
        moments,
        budget);
  }

  private Evaluated onOwnThread(
      MemoryIndex before, StorageClock clock, List<?> forms, EvaluationWatch watch) {
    if (hanging.get() >= HANGING_MAX) {
      throw PeerErrors.evaluationsHang(hanging.get());
    }
    var budget = new Budget(_ -> {}, /* mayRunUserCode= */ true); // the committing thread watches
    begin(budget);
    MemoryIndex within = before.within(budget);
    TxContext context =
        context(
            IndexView.now(within),
            before.counters(),
            clock,
            new IndexMoments(() -> within),
            budget);
    var run = new Run(() -> Evaluator.evaluate(context, forms));
    threads.execute(run);
    await(run, budget, watch);
    return result(run.task, budget);
  }

  /// One evaluation on a thread of its own.
  private final class Run implements Runnable {
    private final FutureTask<Evaluated> task;
    private boolean hasEnded;
    private boolean isLeftBehind;

    Run(Callable<Evaluated> evaluation) {
      this.task = new FutureTask<>(evaluation);
    }

    @Override
    public void run() {
      task.run();
      synchronized (this) {
        hasEnded = true;
        if (isLeftBehind) {
          hanging.decrementAndGet();
        }
      }
      meanwhile.wake();
    }

    /// Interrupts it, and counts it until it ends.
    void leaveBehind() {
      task.cancel(/* mayInterruptIfRunning= */ true);
      synchronized (this) {
        if (!hasEnded) {
          isLeftBehind = true;
          hanging.incrementAndGet();
        }
      }
    }
  }

  /// Waits for the evaluation, and leaves it behind when its budget has ended and it does not.
  private void await(Run run, Budget budget, EvaluationWatch watch) {
    while (!run.task.isDone()) {
      long left = watch.look(budget);
      if (budget.ended().isPresent()) {
        run.leaveBehind();
        return;
      }
      if (!meanwhile.settleAndSend()) {
        budget.end(PeerErrors.closed("evaluation")); // nobody waits for its answer
        run.leaveBehind();
        throw new Outdated();
      }
      meanwhile.await(
          () -> run.task.isDone() || budget.ended().isPresent(), Math.min(left, WAIT_NANOS_MAX));
    }
  }

  private Evaluated result(FutureTask<Evaluated> task, Budget budget) {
    budget.ended().ifPresent(this::giveUp);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BitsException refusal
          ? refusal
          : PeerErrors.internal(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException | CancellationException e) { // it is done, and was not cancelled
      throw PeerErrors.internal(e);
    }
  }

  /// Ends the evaluation that runs, and every later one.
  void close(BitsException reason) {
    closedFor = reason;
    Budget running = current;
    if (running != null) {
      running.end(reason);
    }
    meanwhile.wake();
  }
}
