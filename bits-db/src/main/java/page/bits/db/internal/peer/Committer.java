/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import page.bits.db.TxReport;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.peer.PreparedEntry.Judgement;
import page.bits.error.BitsException;

/* How commits flow.
 *
 * One thread judges submissions in the order in which they came, on top of the newest head, and gathers them into
 * an entry. At most one append is in flight. While it is, the thread judges on: the next entry stands on the one in flight
 * as if that were in the log (pipelining), and takes all that arrives meanwhile (group commit: the busier, the larger).
 *
 * When the append ends as ours, the entry is applied: db() advances, then the futures complete, then the subscribers are
 * woken. When the position is lost, everything judged on top of it is thrown away and goes back to the front of the queue,
 * to be judged again from what was submitted.
 *
 * A refusal is answered only when its judge's head was the newest: either the entry it was judged in was appended after
 * it, which proves that nothing came between, or, where there was nothing to append, a read begun after the
 * judgement finds nothing beyond the head.
 */

/// Judges, groups and appends the transactions of one peer. One thread; [#submit] is called from
/// any.
final class Committer {
  private static final int QUEUE_MAX = 10_000;
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);
  private static final long JITTER_NANOS = 2_000_000;
  private static final long CONTENTION_NANOS = 50_000_000;

  private final Peer peer;
  private final World world;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<Submission> queue = new ArrayDeque<>();
  private final ExecutorService appender;
  private final Thread thread;
  private boolean isClosing;
  private int lostInARow;
  private @Nullable Append inFlight;
  private @Nullable PreparedEntry open;

  Committer(Peer peer, World world) {
    this.peer = peer;
    this.world = world;
    this.appender =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("bits-append").factory());
    this.thread = Thread.ofPlatform().daemon().name("bits-commit").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Queues a submission behind all earlier ones.
  void submit(Submission submission) {
    lock.lock();
    try {
      if (isClosing) {
        drop(submission, whyStopped());
      } else if (queue.size() >= QUEUE_MAX) {
        drop(submission, PeerErrors.busy(queue.size()));
      } else {
        queue.add(submission);
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Stops after the append in flight, if that ends soon; whoever still waits is told.
  void close() {
    lock.lock();
    try {
      isClosing = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(CLOSE_WAIT.multipliedBy(2)); // its own wait ends before
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    appender.shutdown();
  }

  private void run() {
    try {
      while (step()) {
        // every step makes progress or waits
      }
    } catch (BitsException e) {
      peer.fail(e);
    } catch (RuntimeException | Error e) {
      peer.fail(PeerErrors.internal(e));
    } finally {
      failAll();
    }
  }

  /// One step: settle what ended, send what is ready, else judge the next submission or wait. False
  /// at the end.
  ///
  /// A submission leaves the queue, [#open] and [#inFlight] only when it is answered or lies in
  /// another of them, so that [#failAll()] finds it wherever a step was cut short.
  private boolean step() {
    Append flying = inFlight;
    if (flying != null && flying.isDone()) {
      settle(flying);
      inFlight = null;
      return true;
    }
    PreparedEntry ready = open;
    if (flying == null && ready != null) {
      send(ready);
      return true;
    }
    if (ready != null && ready.isFull()) {
      return awaitWork(/* untilQueued= */ false);
    }
    Submission next = poll();
    if (next == null) {
      return awaitWork(/* untilQueued= */ true);
    }
    judge(next);
    return true;
  }

  private void judge(Submission submission) {
    if (submission.isExpired(world.nanos()) || !submission.startTry()) {
      peer.outcomes().dropped(submission.submissionId());
      submission.timeOut(); // no more than a word to the late, if it was called off before
      return;
    }
    PreparedEntry entry = open;
    if (entry == null) {
      Append flying = inFlight;
      entry = new PreparedEntry(flying == null ? peer.head() : flying.head());
      open = entry;
    }
    entry.judge(submission, peer.clock());
  }

  private void send(PreparedEntry ready) {
    peer.checkUsable();
    if (ready.base().position() != peer.head().position()) {
      open = null;
      again(List.of(ready)); // a foreign entry came in between
      return;
    }
    if (!ready.hasRecords()) {
      confirm(ready);
      return;
    }
    yieldToOthers();
    var append =
        new Append(
            ready,
            ready.encode(peer.database(), peer.session(), world),
            peer.database(),
            peer.storage(),
            this::pause,
            this::wake);
    inFlight = append;
    open = null;
    if (isQueueEmpty()) {
      append.run(); // nothing else to do meanwhile: spare the way to another thread and back
    } else {
      appender.execute(append);
    }
  }

  /// Answers judgements that need no append, if a read shows that their head is still the newest.
  private void confirm(PreparedEntry ready) {
    boolean isNewest = false;
    try {
      peer.catchUp();
      isNewest = ready.base().position() == peer.head().position();
    } catch (BitsException e) {
      if (Peer.isFatal(e) || !pause(JITTER_NANOS)) {
        throw e;
      } // else the storage is away: deadlines decide
    }
    peer.checkUsable(); // a peer that stopped has not looked
    if (isNewest) {
      answer(ready, null);
      open = null;
    } else {
      open = null;
      again(List.of(ready));
    }
  }

  private void settle(Append done) {
    switch (done.end()) {
      case Append.End.Ours _ -> {
        lostInARow = 0;
        var applied = new AppliedEntry(done.entry(), done.prepared().index());
        peer.applyOwn(applied, () -> answer(done.prepared(), applied));
      }
      case Append.End.Lost lost -> {
        lostInARow++;
        List<PreparedEntry> thrownAway = new ArrayList<>();
        thrownAway.add(done.prepared());
        PreparedEntry next = open;
        if (next != null) {
          thrownAway.add(next);
          open = null;
        }
        again(thrownAway);
        peer.applyWinner(lost.winner());
        if (lostInARow > 1) {
          peer.catchUpQuietly();
        }
      }
      case Append.End.Forked _ -> {
        BitsException forked =
            LogErrors.forked(done.entry().position() - 1, "the entry before is another");
        peer.fail(forked);
        done.prepared().judgements().forEach(judgement -> drop(judgement.submission(), forked));
      }
      case Append.End.Abandoned _ -> leaveUnknown(done);
      case Append.End.Broken broken -> {
        peer.fail(
            broken.reason()); // our entry may lie at the next position: only a new peer reads it
        leaveUnknown(done);
      }
    }
  }

  private static void leaveUnknown(Append append) {
    append.prepared().judgements().forEach(judgement -> judgement.submission().timeOut());
  }

  private void answer(PreparedEntry judged, @Nullable AppliedEntry applied) {
    for (Judgement judgement : judged.judgements()) {
      Submission submission = judgement.submission();
      switch (judgement) {
        case Judgement.Accepted accepted -> {
          if (applied != null) {
            TxReport report = applied.report(accepted.recordIndex());
            peer.outcomes().committed(submission.submissionId(), report.t());
            submission.succeed(report);
          }
        }
        case Judgement.Repeated repeated -> {
          peer.outcomes().committed(submission.submissionId(), repeated.t());
          answerRepeated(submission, repeated.t());
        }
        case Judgement.Refused refused -> {
          peer.outcomes().refused(submission.submissionId(), refused.reason());
          submission.fail(refused.reason());
        }
      }
    }
  }

  /// The first report is fetched from the log, which may be far away or not there for a while: not
  /// on this thread, and until the deadline.
  private void answerRepeated(Submission submission, long t) {
    Thread.startVirtualThread(
        () -> {
          try {
            submission.succeed(fetch(submission, t));
          } catch (BitsException e) {
            submission.fail(e);
          } catch (RuntimeException e) {
            submission.fail(PeerErrors.internal(e));
          }
        });
  }

  private TxReport fetch(Submission submission, long t) {
    while (true) {
      try {
        return peer.reportOf(t);
      } catch (BitsException e) {
        if (Peer.isFatal(e)) {
          throw e;
        }
        boolean isOver = submission.isAnswered() || submission.isExpired(world.nanos());
        if (isOver || !pause(JITTER_NANOS)) {
          throw PeerErrors.outcomeUnknown(submission.submissionId()); // it is in the log
        }
      }
    }
  }

  /// Puts everything judged in these entries back in front of the queue, in its order.
  private void again(List<PreparedEntry> thrownAway) {
    lock.lock();
    try {
      for (PreparedEntry entry : thrownAway.reversed()) {
        for (Judgement judgement : entry.judgements().reversed()) {
          judgement.submission().backToQueue();
          queue.addFirst(judgement.submission());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Where others commit too, the winner of the last position lets a loser in: a short random wait,
  /// longer for each success.
  private void yieldToOthers() {
    if (lostInARow == 0 && world.nanos() - peer.foreignSeenNanos() < CONTENTION_NANOS) {
      pause(world.random(JITTER_NANOS));
    } else if (lostInARow > 2) {
      pause(world.random(JITTER_NANOS / 4));
    }
  }

  private @Nullable Submission poll() {
    lock.lock();
    try {
      return isClosing ? null : queue.poll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isQueueEmpty() {
    lock.lock();
    try {
      return queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for an append to end or, if asked, for a submission. False when closing and no append in
  /// flight has ended soon.
  private boolean awaitWork(boolean untilQueued) {
    lock.lock();
    try {
      while (!isInFlightDone()) {
        if (isClosing) {
          return inFlight != null && hasEndedSoon();
        }
        if (untilQueued && !queue.isEmpty()) {
          return true;
        }
        work.await();
      }
      return true;
    } catch (InterruptedException e) { // nobody interrupts this thread
      throw PeerErrors.internal(e);
    } finally {
      lock.unlock();
    }
  }

  private boolean hasEndedSoon() throws InterruptedException {
    long left = CLOSE_WAIT.toNanos();
    while (!isInFlightDone() && left > 0) {
      left = work.awaitNanos(left);
    }
    return isInFlightDone();
  }

  private boolean isInFlightDone() {
    Append flying = inFlight;
    return flying != null && flying.isDone();
  }

  /// Sleeps unless the peer is closing; false then.
  private boolean pause(long nanos) {
    long end = world.nanos() + nanos;
    while (true) {
      lock.lock();
      try {
        if (isClosing) {
          return false;
        }
      } finally {
        lock.unlock();
      }
      long left = end - world.nanos();
      if (left <= 0) {
        return true;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(this, Math.min(left, 50_000_000));
    }
  }

  /// Ends a submission that is not in the log and will not be.
  private void drop(Submission submission, BitsException reason) {
    peer.outcomes().dropped(submission.submissionId());
    submission.fail(reason);
  }

  private BitsException whyStopped() {
    return peer.failure().orElseGet(() -> PeerErrors.closed("connection"));
  }

  private void failAll() {
    BitsException reason = whyStopped();
    lock.lock();
    try {
      isClosing = true;
      queue.forEach(submission -> drop(submission, reason));
      queue.clear();
    } finally {
      lock.unlock();
    }
    Append flying = inFlight;
    if (flying != null) {
      leaveUnknown(flying);
    }
    PreparedEntry ready = open;
    if (ready != null) {
      ready.judgements().forEach(judgement -> drop(judgement.submission(), reason));
    }
  }
}
