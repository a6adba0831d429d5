/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.db.DbError;
import page.bits.db.Outcome;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.internal.index.IndexView;
import page.bits.db.internal.index.Ranges;
import page.bits.db.internal.schema.Ids;
import page.bits.edn.Keyword;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;

/* How what is held gets into the database, and stays there.
 *
 * Callers say what they want; one thread tells the database. It takes all that is wanted and not told, at most every
 * 50 ms, as one transaction; the first one opens the session. When a transaction did not say how it ended, nothing else
 * is told before that is known: else an entity might be made twice, and one of them would be nobody's.
 *
 * The session may be ended by others, who saw no sign of life of this process. That is noticed by a refusal, or within a
 * second by a look at the newest value. Then everything is told again under a new session.
 *
 * A refusal may be the fault of one of those whose facts went out together: they are tried one by one then, and who is at
 * fault is told.
 */

/// A peer's session in its database, and all that it holds there. Thread-safe.
final class Ephemera {
  private static final long PAUSE_NANOS = 50_000_000;
  private static final long RETRY_NANOS = 200_000_000;
  private static final int HOLDS_MAX = 5_000;
  private static final int LATE_MAX = 3;
  private static final Duration WAIT = Duration.ofSeconds(10);

  /// Beyond the limit of an evaluation, so that whose facts take too long to judge is told apart.
  private static final Duration TELL_WAIT = Evaluations.LIMIT.plusSeconds(5);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);
  private static final String SESSION_TEMPID = "bits-session";
  static final Keyword SESSION_ID = Keyword.of(":bits.session/id");

  private final Peer peer;
  private final World world;
  private final Processes processes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed;
  private final List<Consumer<UUID>> callbacks = new CopyOnWriteArrayList<>();
  private final OpenSessions open;

  // Guarded by the lock
  private final Set<Hold> holds = new LinkedHashSet<>();
  private final Set<Hold> dirty = new LinkedHashSet<>();
  private final Set<Hold> late = new LinkedHashSet<>(); // tried again at the next look
  private @Nullable UUID session;
  private long sessionEntity = Hold.NONE;
  private boolean isWanted;
  private boolean isLost;
  private boolean isOpening;
  private boolean isClosing;
  private int oneByOne;
  private long made;
  private @Nullable BitsException refusal;
  private @Nullable Thread thread;

  Ephemera(Peer peer, World world, Processes processes) {
    this.peer = peer;
    this.world = world;
    this.processes = processes;
    this.open = new OpenSessions(peer, world, processes.id(), this::isStray);
    this.changed = world.condition(lock);
  }

  /// The id of the open session; opens one where there is none, and waits for it, for as long as
  /// `checkOpen` does not throw.
  UUID session(Runnable checkOpen) {
    lock.lock();
    try {
      isWanted = true;
      refusal = null;
      wake();
      await(
          () -> {
            checkOpen.run();
            return session != null || refusal != null;
          });
      UUID open = session;
      if (open == null) {
        throw java.util.Objects.requireNonNull(refusal);
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  void onReplaced(Consumer<UUID> callback) {
    callbacks.add(callback);
  }

  Hold hold(Map<?, ?> facts) {
    lock.lock();
    try {
      var hold = new Hold("bits-held-" + made++, facts);
      check(hold);
      holds.add(hold);
      dirty.add(hold);
      isWanted = true;
      wake();
      return hold;
    } finally {
      lock.unlock();
    }
  }

  private void check(Hold hold) {
    var schema = peer.head().index().schema();
    for (Keyword attribute : hold.attributes()) {
      if (!schema.attribute(attribute).map(a -> a.isEphemeral()).orElse(false)) {
        throw PeerErrors.notEphemeral(attribute);
      }
    }
  }

  void replace(Hold hold, Map<?, ?> facts) {
    lock.lock();
    try {
      if (hold.isReleased()) {
        throw whyReleased(hold);
      }
      check(new Hold("", facts));
      hold.want(facts);
      dirty.add(hold);
      wake();
    } finally {
      lock.unlock();
    }
  }

  void release(Hold hold) {
    lock.lock();
    try {
      if (!hold.isReleased()) {
        hold.release();
        dirty.add(hold);
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the database knows what is wanted of it.
  long awaitTold(Hold hold) {
    lock.lock();
    try {
      await(() -> hold.isDone() || hold.isReleased());
      if (hold.isReleased()) {
        throw whyReleased(hold);
      }
      return hold.entity();
    } finally {
      lock.unlock();
    }
  }

  private static BitsException whyReleased(Hold hold) {
    BitsException refusal = hold.refusal();
    return refusal == null ? PeerErrors.notHeld() : refusal;
  }

  /// Under the lock, until the deadline, or the peer is of no use any more.
  private void await(java.util.function.BooleanSupplier until) {
    long deadline = Deadlines.after(world.nanos(), WAIT);
    try {
      while (!until.getAsBoolean()) {
        peer.checkUsable();
        long left = deadline - world.nanos();
        if (left <= 0) {
          throw PeerErrors.deadlineOf("ephemeral facts", WAIT);
        }
        var _ = changed.awaitNanos(Math.min(left, RETRY_NANOS)); // and then look at the peer
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw PeerErrors.interrupted("ephemeral facts");
    }
  }

  /// Under the lock.
  private void wake() {
    if (thread == null && !isClosing) {
      Thread telling = world.thread("bits-ephemeral", this::run);
      thread = telling;
      telling.start();
    }
    changed.signalAll();
  }

  private void run() {
    while (awaitWork()) {
      long began = world.nanos();
      long pause = tell();
      long end = began + pause;
      while (world.nanos() < end && !peer.isOver()) {
        world.parkNanos(this, end - world.nanos());
      }
    }
  }

  private boolean awaitWork() {
    lock.lock();
    try {
      while (!isClosing && !peer.isOver() && !hasWork()) {
        changed.awaitUninterruptibly();
      }
      return !isClosing && !peer.isOver();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasWork() {
    return !dirty.isEmpty() || (isWanted && (session == null || isLost) && refusal == null);
  }

  /// What goes out in one transaction.
  private record Telling(@Nullable UUID opens, List<Object> forms, List<Hold.Told> told) {}

  /// Tells what there is to tell; for how long to wait after it began.
  private long tell() {
    Telling telling = gather();
    try {
      if (telling.opens != null) {
        processes.ensureRecord();
      }
      if (!telling.forms.isEmpty()) {
        done(telling, commit(telling.forms));
      }
      return oneByOne > 0 ? 0 : PAUSE_NANOS;
    } catch (BitsException e) {
      return failed(telling, e) ? 0 : RETRY_NANOS;
    } catch (RuntimeException e) {
      peer.fail(PeerErrors.internal(e));
      return RETRY_NANOS;
    }
  }

  private Telling gather() {
    lock.lock();
    try {
      UUID opens = null;
      var forms = new ArrayList<Object>();
      if (session == null || isLost) {
        opens = world.newId();
        forms.add(opening(opens));
        holds.forEach(Hold::lost);
        dirty.addAll(holds);
        isOpening = true;
      }
      Object reference = opens == null ? (Object) sessionEntity : SESSION_TEMPID;
      var told = new ArrayList<Hold.Told>();
      int max = oneByOne > 0 ? 1 : HOLDS_MAX;
      oneByOne = Math.max(0, oneByOne - 1);
      Iterator<Hold> next = dirty.iterator();
      while (next.hasNext() && told.size() < max) {
        Hold hold = next.next();
        List<Object> more = hold.forms(reference);
        if (more.isEmpty()) {
          next.remove();
          forget(hold);
        } else {
          forms.addAll(more);
          told.add(hold.telling());
        }
      }
      changed.signalAll(); // somebody may wait for what was done already
      return new Telling(opens, forms, told);
    } finally {
      lock.unlock();
    }
  }

  private void forget(Hold hold) {
    if (hold.isReleased()) {
      holds.remove(hold);
    }
  }

  private Map<Keyword, Object> opening(UUID id) {
    var form = new LinkedHashMap<Keyword, Object>();
    form.put(Keyword.of(":db/id"), SESSION_TEMPID);
    form.put(SESSION_ID, id);
    form.put(Keyword.of(":bits.session/peer"), processes.id());
    form.put(Keyword.of(":bits.session/open"), true);
    return form;
  }

  private void done(Telling telling, TxReport report) {
    UUID replacing = null;
    lock.lock();
    try {
      if (telling.opens != null) {
        replacing = session == null ? null : telling.opens;
        session = telling.opens;
        sessionEntity = report.tempids().getOrDefault(SESSION_TEMPID, Hold.NONE);
        isLost = false;
        isOpening = false;
      }
      for (Hold.Told told : telling.told) {
        told.done(report.tempids());
        if (told.hold().isDone()) {
          dirty.remove(told.hold());
          forget(told.hold());
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (replacing != null) {
      UUID id = replacing;
      callbacks.forEach(callback -> world.start(() -> callback.accept(id)));
    }
  }

  /// Whether to try again at once.
  private boolean failed(Telling telling, BitsException e) {
    lock.lock();
    try {
      isOpening = false;
      boolean isSessionLost = e.is(DbError.SESSION_ENDED) && telling.opens == null;
      boolean isPassing = isOfStorage(e) || e.is(DbError.CLOSED) || peer.isOver();
      if (isSessionLost) {
        isLost = true;
      } else if (isPassing) {
        return false;
      } else if (telling.told.isEmpty()) {
        refusal = e;
        isWanted = false;
      } else if (telling.told.size() > 1) {
        oneByOne = telling.told.size();
      } else {
        failedAlone(telling.told.getFirst().hold(), e);
      }
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Time says nothing against the facts: whoever was only slow is tried again, some times.
  private void failedAlone(Hold hold, BitsException reason) {
    if (reason.is(DbError.EVALUATION_TIMEOUT) && hold.wasLate() < LATE_MAX) {
      dirty.remove(hold);
      late.add(hold);
    } else if (hold.isReleased()) {
      hold.lost(); // nothing more can be done for it
    } else {
      hold.refuse(reason);
    }
  }

  private TxReport commit(List<Object> forms) {
    UUID id = peer.newSubmissionId();
    try {
      return peer.commit(Tx.of(forms).deadline(TELL_WAIT), id);
    } catch (BitsException e) {
      if (e.is(DbError.OUTCOME_UNKNOWN)) {
        return resolve(id);
      }
      throw e;
    }
  }

  /// Asks until it is known how a submission ended.
  private TxReport resolve(UUID submissionId) {
    while (true) {
      peer.checkUsable();
      world.parkNanos(this, RETRY_NANOS);
      switch (lookUp(submissionId)) {
        case Outcome.Committed committed -> {
          return committed.report();
        }
        case Outcome.Refused refused -> throw refused.reason();
        case Outcome.Absent _ -> throw PeerErrors.deadline(submissionId, TELL_WAIT);
        case Outcome.StillUnknown _ -> {} // ask again
      }
    }
  }

  /// A storage that is away or busy says nothing of what became of it.
  private Outcome lookUp(UUID submissionId) {
    try {
      return peer.outcomeOf(submissionId, peer::isOver);
    } catch (BitsException e) {
      if (isOfStorage(e)) {
        return new Outcome.StillUnknown();
      }
      throw e;
    }
  }

  private static boolean isOfStorage(BitsException e) {
    return e.category() == ErrorCategory.UNAVAILABLE || e.category() == ErrorCategory.BUSY;
  }

  /// Whether the session is still open in the newest value; looked at once a second.
  void look() {
    lock.lock();
    try {
      if (!late.isEmpty()) {
        dirty.addAll(late);
        late.clear();
        wake();
      }
      boolean isGone = session != null && !isLost && !isOpenNow(sessionEntity);
      if (isGone) {
        isLost = true;
        wake();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isOpenNow(long entity) {
    IndexView now = IndexView.now(peer.head().index());
    return now.read(Ranges.eav(entity, Ids.SESSION_OPEN, true)).hasNext();
  }

  /// Those that are open in the database, of whomever.
  OpenSessions open() {
    return open;
  }

  private boolean isStray(long entity) {
    lock.lock();
    try {
      return entity != sessionEntity && !isOpening;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the session with all that is held, if that does not take long.
  void close() {
    Thread telling;
    boolean isOpen;
    lock.lock();
    try {
      isClosing = true;
      telling = thread;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (telling == null) {
      return;
    }
    world.awaitEnd(telling, CLOSE_WAIT);
    lock.lock();
    try {
      isOpen = session != null && !isLost;
    } finally {
      lock.unlock();
    }
    if (isOpen) {
      try {
        var _ =
            peer.commit(
                OpenSessions.ending(sessionEntity).deadline(CLOSE_WAIT), peer.newSubmissionId());
      } catch (BitsException _) {
        // then others do, as after a crash
      }
    }
  }
}
