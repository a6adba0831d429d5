/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.UnresolvedAppend;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.peer.PreparedEntry.Judgement;
import page.bits.db.internal.peer.PreparedEntry.Verdict;
import page.bits.db.spi.Digest;
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
 * An evaluation has its deadline and, where it meets user code, its own thread: see Evaluations. While a long one goes on,
 * what was judged before it is appended and answered; what was submitted after it waits.
 *
 * Several writers of one database take turns: see Turn.
 *
 * A refusal is answered only when its judge's head was the newest: either the entry it was judged in was appended after
 * it, which proves that nothing came between, or, where there was nothing to append, a read begun after the
 * judgement finds nothing beyond the head.
 */

/// Judges, groups and appends the transactions of one peer. One thread; [#submit] is called from
/// any.
final class Committer {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);
  private static final long RETRY_NANOS = 2_000_000;
  private static final long TURN_WAIT_NANOS = 50_000_000;
  private static final long GATHER_NANOS = 500_000;
  private static final int LONE_MAX = 4;

  /// From so many on an entry waits for no more than is left for the next one.
  private static final int HALF_MIN = 32;

  private final Peer peer;
  private final World world;
  private final SubmissionQueue queue;
  private final Answers answers;
  private final ExecutorService appender;
  private final Thread thread;
  private final Evaluations evaluations;
  private final Turn turn;
  private volatile long idleSinceNanos;
  private volatile boolean isIdle;

  /// Since when no append was in flight that an open entry had to wait for.
  private long mayAppendSinceNanos;

  /// Set by the committing thread alone.
  private volatile @Nullable Append inFlight;

  /// One that is in the log and whose submissions are being answered.
  private @Nullable Append answering;

  /// The last one, of a peer that stopped without knowing its end.
  private volatile @Nullable Append neverResolved;

  private @Nullable PreparedEntry open;

  Committer(Peer peer, World world) {
    this.peer = peer;
    this.world = world;
    this.queue = new SubmissionQueue(world);
    this.answers = new Answers(peer, queue);
    this.evaluations = new Evaluations(world, new WhileEvaluating());
    this.idleSinceNanos = world.nanos();
    this.turn =
        new Turn(
            peer.database(),
            peer.session(),
            peer.storage(),
            world,
            () -> peer.head().position(),
            this::idleForNanos,
            queue::wake);
    this.appender = world.worker("bits-append");
    this.thread = world.thread("bits-commit", this::run);
  }

  void start() {
    thread.start();
  }

  /// Queues a submission behind all earlier ones.
  void submit(Submission submission) {
    switch (queue.offer(submission)) {
      case TAKEN -> {} // it is answered in its turn
      case FULL -> answers.drop(submission, PeerErrors.busy(SubmissionQueue.SIZE_MAX));
      case CLOSED -> answers.drop(submission, whyStopped());
    }
  }

  /// Stops after the append in flight, if that ends soon; whoever still waits is told.
  void close() {
    queue.close();
    evaluations.close(whyStopped());
    world.awaitEnd(thread, CLOSE_WAIT.multipliedBy(2)); // its own wait ends before
    appender.shutdown();
    turn.close();
  }

  /// The append whose outcome is unknown at this moment; there is one at most. Any thread.
  Optional<UnresolvedAppend> unresolved() {
    Append last = neverResolved;
    Append flying = last == null ? inFlight : last;
    return flying == null ? Optional.empty() : flying.unresolved(world.nanos(), peer.clock());
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
      settle(flying, this::sendNext);
      return true;
    }
    PreparedEntry ready = open;
    if (flying == null && ready != null && !mayGather(ready)) {
      send(ready);
      return true;
    }
    if (ready != null && ready.isFull()) {
      return awaitWork(/* untilQueued= */ false);
    }
    if (flying == null && !queue.isEmpty() && !turn.mayAppend()) {
      return awaitTurn();
    }
    Submission next = queue.poll();
    if (next == null) {
      return awaitWork(/* untilQueued= */ true);
    }
    judge(next);
    return true;
  }

  /// Whether what waits is to be judged before this entry, which could be sent, is sent: judging
  /// takes far less than an append, and an entry of many costs little more than an entry of one.
  ///
  /// Of many, half is sent: while it is on its way, the other half is judged, and those who have
  /// been answered come back.
  private boolean mayGather(PreparedEntry ready) {
    return !ready.isFull()
        && ready.judgements().size() < Math.max(HALF_MIN, queue.size())
        && queue.isFirstSmall()
        && world.nanos() - mayAppendSinceNanos < GATHER_NANOS;
  }

  private void judge(Submission submission) {
    if (submission.isAnswered() || submission.isExpired(world.nanos())) {
      answers.callOff(submission);
      return;
    }
    try {
      PreparedEntry judging = openEntry();
      long basisT = judging.basisT();
      Verdict verdict =
          FormatLevel.checked(judging.judge(submission, peer.clock(), evaluations), peer.storage());
      PreparedEntry entry = openEntry(); // the one before may be on its way by now
      if (entry.basisT() != basisT) {
        queue.toFront(List.of(submission));
      } else if (!(verdict instanceof Verdict.Accepted) || submission.startTry()) {
        entry.add(submission, verdict);
      } else {
        answers.callOff(submission);
      }
    } catch (Evaluations.GivenUp e) {
      if (e.reason().is(DbError.EVALUATION_TIMEOUT)) {
        answers.refuse(submission, e.reason());
      } else {
        answers.drop(submission, e.reason());
      }
    } catch (Evaluations.Outdated _) {
      queue.toFront(List.of(submission)); // what it stood on follows, in front of it
    } catch (Error e) {
      answers.drop(submission, PeerErrors.internal(e));
      throw e;
    }
    PreparedEntry entry = open;
    if (entry != null && entry.judgements().isEmpty()) {
      open = null;
    }
  }

  private PreparedEntry openEntry() {
    PreparedEntry entry = open;
    if (entry == null) {
      Append flying = inFlight;
      Head head = peer.head();
      long now = world.nanos();
      mayAppendSinceNanos = flying == null ? now : mayAppendSinceNanos;
      entry =
          flying == null
              ? new PreparedEntry(head.position(), head.index(), now)
              : new PreparedEntry(flying.prepared().position(), flying.prepared().index(), now);
      open = entry;
    }
    return entry;
  }

  private void send(PreparedEntry ready) {
    peer.checkUsable();
    if (ready.basePosition() != peer.head().position()) {
      open = null;
      var _ = turn.lost(ready.begunNanos());
      again(List.of(ready)); // a foreign entry came in between
      return;
    }
    if (!ready.hasRecords()) {
      confirm(ready);
      return;
    }
    if (!turn.mayAppend()) {
      open = null;
      again(List.of(ready)); // others go first, and change what it was judged on
      return;
    }
    Append append = takeOff(ready);
    if (isLone(ready)) {
      append.run(); // nothing else to do meanwhile: spare the way to another thread and back
    } else {
      appender.execute(append);
    }
  }

  private boolean isLone(PreparedEntry ready) {
    return ready.judgements().size() <= LONE_MAX && queue.isEmpty();
  }

  /// Sends what was judged while the last append was in flight, before the answers to that one are
  /// given: they are many, and the storage would wait.
  private void sendNext() {
    PreparedEntry ready = open;
    if (ready != null
        && ready.hasRecords()
        && !isLone(ready)
        && !mayGather(ready)
        && turn.mayAppend()) {
      appender.execute(takeOff(ready));
    }
  }

  /// The append of an entry on the head, on its way from now on.
  private Append takeOff(PreparedEntry ready) {
    peer.announcements().begins(ready.position());
    Digest previous = peer.head().digest();
    var append =
        new Append(
            ready,
            () -> payload(ready, previous),
            peer.database(),
            peer.storage(),
            () -> peer.head().position(),
            queue::pause,
            peer.announcements()::isThere,
            queue::wake,
            world.nanos());
    inFlight = append;
    open = null;
    return append;
  }

  private Payload payload(PreparedEntry ready, Digest previous) {
    return Payload.of(
        ready.encode(peer.database(), peer.session(), previous, world),
        peer.database(),
        peer.storage(),
        world);
  }

  /// Answers judgements that need no append, if a read shows that their head is still the newest.
  private void confirm(PreparedEntry ready) {
    boolean isNewest = false;
    try {
      peer.catchUp();
      isNewest = ready.basePosition() == peer.head().position();
    } catch (BitsException e) {
      if (Peer.isFatal(e) || !queue.pause(RETRY_NANOS)) {
        throw e;
      } // else the storage is away: deadlines decide
    }
    peer.checkUsable(); // a peer that stopped has not looked
    if (isNewest) {
      answers.give(ready, null);
      open = null;
    } else {
      open = null;
      again(List.of(ready));
    }
  }

  /// `whenApplied` runs between the moment that an entry of ours is in db() and the answers to it.
  private void settle(Append done, Runnable whenApplied) {
    switch (done.end()) {
      case Append.End.Ours _ -> {
        turn.appended();
        var applied = new AppliedEntry(done.entry(), done.prepared().index());
        peer.applyOwn(
            applied,
            () -> {
              answering = done;
              landed();
              whenApplied.run();
              answers.give(done.prepared(), applied);
              answering = null;
            });
      }
      case Append.End.Lost lost -> {
        boolean isLosing = turn.lost(done.prepared().begunNanos());
        PreparedEntry next = open;
        open = null;
        again(next == null ? List.of(done.prepared()) : List.of(done.prepared(), next));
        peer.applyWinner(lost.winner());
        if (isLosing) {
          peer.followQuietly();
        }
        landed();
      }
      case Append.End.Forked _ -> {
        BitsException forked =
            LogErrors.forked(done.entry().position() - 1, "the entry before is another");
        peer.fail(forked);
        done.prepared()
            .judgements()
            .forEach(judgement -> answers.drop(judgement.submission(), forked));
        landed();
      }
      case Append.End.Abandoned _ -> {
        neverResolved = done;
        answers.unknown(done, whyStopped());
        landed();
      }
      case Append.End.Broken broken -> {
        neverResolved = done;
        peer.fail(
            broken.reason()); // our entry may lie at the next position: only a new peer reads it
        answers.unknown(done, broken.reason());
        landed();
      }
    }
  }

  /// No append is in flight any more.
  private void landed() {
    inFlight = null;
    mayAppendSinceNanos = world.nanos();
  }

  /// Puts everything judged in these entries back in front of the queue, in its order.
  private void again(List<PreparedEntry> thrownAway) {
    List<Submission> submissions =
        thrownAway.stream()
            .flatMap(entry -> entry.judgements().stream())
            .map(Judgement::submission)
            .toList();
    submissions.forEach(Submission::backToQueue);
    queue.toFront(submissions);
  }

  /// An evaluation may take seconds: what was judged before it is not kept waiting.
  private final class WhileEvaluating implements Evaluations.Meanwhile {
    @Override
    public boolean settle() {
      Append flying = inFlight;
      if (flying == null || !flying.isDone()) {
        return true;
      }
      if (!(flying.end() instanceof Append.End.Ours)) {
        return false;
      }
      try {
        Committer.this.settle(flying, () -> {}); // what is open is being judged on
      } catch (BitsException e) {
        return false; // it is settled once more, where that is not taken for a refusal
      }
      return true;
    }

    @Override
    public boolean settleAndSend() {
      if (!settle()) {
        return false;
      }
      PreparedEntry ready = open;
      if (inFlight != null || ready == null || !ready.hasRecords()) {
        return true;
      }
      if (ready.basePosition() != peer.head().position()) {
        return false;
      }
      appender.execute(takeOff(ready));
      return true;
    }

    @Override
    public void await(BooleanSupplier isDone, long nanosMax) {
      var _ = queue.await(() -> isDone.getAsBoolean() || isInFlightDone(), nanosMax);
    }

    @Override
    public void wake() {
      queue.wake();
    }
  }

  /// Waits for an append to end or, if asked, for a submission. False when closing and no append in
  /// flight has ended soon.
  private boolean awaitWork(boolean untilQueued) {
    idleSinceNanos = world.nanos();
    isIdle = inFlight == null && open == null;
    BooleanSupplier isOver = () -> isInFlightDone() || queue.isClosing();
    if (untilQueued) {
      queue.awaitWork(/* isInHurry= */ inFlight == null, isOver);
    } else {
      var _ = queue.await(isOver, Long.MAX_VALUE);
    }
    isIdle = false;
    if (isInFlightDone() || !queue.isClosing()) {
      return true;
    }
    return inFlight != null && queue.await(this::isInFlightDone, CLOSE_WAIT.toNanos());
  }

  /// For how long there has been nothing to do; 0 when there is.
  private long idleForNanos() {
    return isIdle ? world.nanos() - idleSinceNanos : 0;
  }

  /// Waits for our turn, then looks at what the others have done. False when closing.
  private boolean awaitTurn() {
    var _ = queue.await(() -> turn.isHeld() || queue.isClosing(), TURN_WAIT_NANOS);
    if (turn.isHeld()) {
      peer.followQuietly();
    }
    return !queue.isClosing();
  }

  private boolean isInFlightDone() {
    Append flying = inFlight;
    return flying != null && flying.isDone();
  }

  private BitsException whyStopped() {
    return peer.failure().orElseGet(() -> PeerErrors.closed("connection"));
  }

  private void failAll() {
    BitsException reason = whyStopped();
    queue.drain().forEach(submission -> answers.drop(submission, reason));
    giveUp(answering, reason);
    giveUp(inFlight, reason);
    PreparedEntry ready = open;
    if (ready != null) {
      ready.judgements().forEach(judgement -> answers.drop(judgement.submission(), reason));
    }
  }

  private void giveUp(@Nullable Append begun, BitsException reason) {
    if (begun != null) {
      answers.unknown(begun, reason);
    }
  }
}
