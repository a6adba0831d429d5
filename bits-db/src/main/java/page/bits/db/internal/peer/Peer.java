/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import page.bits.db.Datom;
import page.bits.db.DbError;
import page.bits.db.Outcome;
import page.bits.db.Tx;
import page.bits.db.TxReport;
import page.bits.db.internal.index.Counters;
import page.bits.db.internal.index.MemoryIndex;
import page.bits.db.internal.log.Entry;
import page.bits.db.internal.log.LogErrors;
import page.bits.db.internal.log.LogRecord;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;
import page.bits.error.ErrorCategory;

/// One database in this process: its head, and everything that moves it.
///
/// Thread-safe. Entries are applied one after the other under one lock, in the order of their
/// positions, whoever brings them: the [Committer] its own, the [Tail] and a lost position those of
/// others. Nothing under that lock runs user code or waits for the storage, except that whoever
/// catches up reads the log first.
final class Peer {
  private static final Duration REACH_WAIT = Duration.ofSeconds(10);
  private final DatabaseId database;
  private final Storage storage;
  private final World world;
  private final Deadlines deadlines;
  private final Runnable nameCheck;
  private final UUID session;
  private final StorageClock clock;
  private final LogReader log;
  private final IndexChecks checks;
  private final Outcomes outcomes = new Outcomes();
  private final ReentrantLock applying = new ReentrantLock();
  private final Reportable reportable;
  private final RecentEntries recent = new RecentEntries();
  private final Committer committer;
  private final Tail tail;
  private final Processes processes;
  private final Ephemera ephemera;
  private volatile Head head;
  private volatile long foreignSeenNanos;
  private final AtomicReference<@Nullable BitsException> failure = new AtomicReference<>();
  private volatile boolean isClosed;
  private final AtomicBoolean isWriting = new AtomicBoolean();
  private final Announcements announcements;

  /// A reader of the log met an entry of ours that is not applied yet: others may lie behind it.
  private final AtomicBoolean isMoreBehindOwn = new AtomicBoolean();

  private Peer(
      DatabaseId database,
      Storage storage,
      World world,
      Deadlines deadlines,
      Processes processes,
      Runnable nameCheck) {
    this.database = database;
    this.storage = storage;
    this.world = world;
    this.deadlines = deadlines;
    this.nameCheck = nameCheck;
    this.session = world.newId();
    this.clock = new StorageClock(world, storage);
    this.log = new LogReader(storage, database);
    this.checks = new IndexChecks(storage, database, this::indexAfresh);
    this.head = Replay.of(database, log, checks::applied, Long.MAX_VALUE);
    this.reportable = new Reportable(world, applying, head.position());
    this.foreignSeenNanos = world.nanos() - Duration.ofSeconds(2).toNanos();
    this.announcements = new Announcements(database, storage);
    this.committer = new Committer(this, world);
    this.tail = new Tail(this, world);
    this.processes = processes;
    this.ephemera = new Ephemera(this, world, processes);
  }

  /// Reads the whole log and follows it from there. `nameCheck` throws `:db.error/db-not-found`
  /// once the database was deleted, by whomever; it is called now and then.
  static Peer open(
      DatabaseId database,
      Storage storage,
      World world,
      Deadlines deadlines,
      Processes processes,
      Runnable nameCheck) {
    var peer = new Peer(database, storage, world, deadlines, processes, nameCheck);
    peer.committer.start();
    peer.tail.start();
    return peer;
  }

  /// The index right after a position, made from the log alone; costs what starting costs.
  private MemoryIndex indexAfresh(long position, Consumer<LogRecord> passed) {
    return Replay.of(database, log, passed, position).index();
  }

  DatabaseId database() {
    return database;
  }

  Storage storage() {
    return storage;
  }

  LogReader log() {
    return log;
  }

  UUID session() {
    return session;
  }

  StorageClock clock() {
    return clock;
  }

  Outcomes outcomes() {
    return outcomes;
  }

  Head head() {
    return head;
  }

  /// The position up to which reports may be handed out: behind the head by what is just being
  /// answered.
  long reportable() {
    return reportable.position();
  }

  /// When an entry of another writer was last applied.
  long foreignSeenNanos() {
    return foreignSeenNanos;
  }

  /// From now on this process gives signs of life, and looks at those of others: it may write.
  void mayWrite() {
    if (!isWriting.getAndSet(true)) {
      processes.join(this);
    }
  }

  Ephemera ephemera() {
    return ephemera;
  }

  /// An id for a transaction that has none of its caller's.
  UUID newSubmissionId() {
    return SubmissionIds.after(head.t(), world.newId());
  }

  /// Commits a transaction and waits for it.
  TxReport commit(Tx tx, UUID submissionId) {
    return commit(Submission.waiting(tx, submissionId, world.nanos()));
  }

  /// The same, of the thread that made the submission.
  TxReport commit(Submission submission) {
    submit(submission);
    return submission.await(world);
  }

  /// What became of a submission, as far as that can be known now.
  Outcome outcomeOf(UUID submissionId, BooleanSupplier isOver) {
    try {
      Optional<Outcomes.Remembered> remembered = outcomes.of(submissionId);
      if (remembered.isPresent()) {
        return outcome(remembered.get());
      }
      reach(log.headPosition(), isOver);
      return OutcomeLookup.in(this, head, submissionId);
    } catch (BitsException e) {
      if (e.category() == ErrorCategory.UNAVAILABLE) {
        return new Outcome.StillUnknown();
      }
      throw e;
    }
  }

  private Outcome outcome(Outcomes.Remembered remembered) {
    return switch (remembered) {
      case Outcomes.Remembered.Pending _ -> new Outcome.StillUnknown();
      case Outcomes.Remembered.CommittedAt at -> new Outcome.Committed(reportOf(at.t()));
      case Outcomes.Remembered.RefusedFor refused -> new Outcome.Refused(refused.reason());
    };
  }

  /// Waits until the position is applied here, or `isOver` says so.
  void reach(long position, BooleanSupplier isOver) {
    checkUsable(); // what a peer that stopped has is not all there is
    long deadline = Deadlines.after(world.nanos(), REACH_WAIT);
    if (head.position() < position) {
      wakeTail();
    }
    try {
      if (!awaitReportable(position, deadline, isOver)) {
        throw PeerErrors.deadlineOf("position " + position, REACH_WAIT);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw PeerErrors.interrupted("position " + position);
    }
  }

  void submit(Submission submission) {
    checkUsable();
    if (submission.tx().id().isPresent() && !submission.prepareFormDigest()) {
      return;
    }
    outcomes.pending(submission.submissionId());
    committer.submit(submission);
  }

  Announcements announcements() {
    return announcements;
  }

  /// Applies an entry that this peer appended: the head moves, then `answer` runs, then subscribers
  /// see it.
  void applyOwn(AppliedEntry own, Runnable answer) {
    applying.lock();
    try {
      advance(own);
      answer.run();
      reportable.raise(own.entry().position());
    } finally {
      applying.unlock();
    }
    if (isMoreBehindOwn.getAndSet(false)) {
      tail.wake(); // what was read behind ours waited for it
    }
  }

  /// Applies the entry that took the position after the head, unless that was done meanwhile.
  void applyWinner(StoredEntry winner) {
    if (winner.position() != head.position() + 1) {
      return;
    }
    Entry entry = log.decode(winner); // may read more
    applying.lock();
    try {
      if (entry.position() == head.position() + 1) {
        applyForeign(entry);
      }
    } finally {
      applying.unlock();
    }
  }

  /// The same, for whoever may not wait: whether it was applied.
  boolean applyAtOnce(StoredEntry next) {
    if (log.isInParts(next)) {
      return false;
    }
    Entry entry = log.decode(next);
    if (entry.session().equals(session) || !applying.tryLock()) {
      return false;
    }
    try {
      boolean isNext = entry.position() == head.position() + 1;
      if (isNext) {
        reportable.comes(entry.position());
        applyForeign(entry);
      }
      return isNext;
    } finally {
      reportable.came();
      applying.unlock();
    }
  }

  /// Applies what others appended behind the head, until a read finds nothing; true when the head
  /// moved. Every read begins after the call.
  boolean catchUp() {
    return catchUp(/* isSure= */ true);
  }

  /// The same, without the read that finds nothing: what is appended behind what was read has a
  /// hint of its own, or is found at the next look.
  boolean follow() {
    return catchUp(/* isSure= */ false);
  }

  private boolean catchUp(boolean isSure) {
    long before = head.position();
    boolean hasMore = true;
    while (hasMore && !isClosed) {
      LogReader.Chunk chunk = log.chunk(head.position() + 1);
      applying.lock();
      try {
        hasMore = false;
        for (Entry entry : chunk.entries()) {
          if (entry.position() <= head.position()) {
            continue;
          }
          if (entry.session().equals(session)) {
            isMoreBehindOwn.set(
                true); // perhaps: the committer brings its own, and then wakes the tail
            return head.position() != before;
          }
          applyForeign(entry);
          hasMore = isSure || chunk.isLarge();
        }
      } finally {
        applying.unlock();
      }
    }
    return head.position() != before;
  }

  /// As [#follow()], for whom a storage that is away makes no difference.
  void followQuietly() {
    try {
      follow();
    } catch (BitsException e) {
      if (isFatal(e)) {
        fail(e);
      }
    }
  }

  /// Whether an error says that this log cannot be followed any further, however often it is tried.
  static boolean isFatal(BitsException e) {
    return e.category() == ErrorCategory.FAULT
        || e.category() == ErrorCategory.UNSUPPORTED
        || e.is(DbError.DB_NOT_FOUND);
  }

  /// Compares the index with those of other peers, where this is due.
  void compareIndexes() {
    checks.compare();
  }

  /// Checks that the database was not deleted, and that the log still holds the entry at the head.
  void verify() {
    nameCheck.run();
    verifyHead();
  }

  /// Entries from a position on that this peer has applied, read from the log once more;
  /// `:bits.error/log-forked` when the log is not the one that it applied. The head is looked for
  /// after the read, so what was read is of its history.
  List<Entry> readApplied(long fromPosition) {
    List<Entry> entries = log.readFurther(fromPosition);
    verifyHead();
    return entries;
  }

  private void verifyHead() {
    Head now = head;
    Optional<StoredEntry> there = storage.resolve(database, now.position());
    if (there.isEmpty()) {
      throw LogErrors.forked(now.position(), "the newest entry is gone");
    }
    if (!there.get().digest().equals(now.digest())) {
      throw LogErrors.forked(now.position(), "the newest entry is another");
    }
  }

  private void applyForeign(Entry entry) {
    Replay.checkNext(entry, head.position(), head.digest());
    var transactions = new ArrayList<List<Datom>>(entry.records().size());
    Counters counters = head.index().counters();
    for (LogRecord record : entry.records()) {
      transactions.add(record.txData());
      counters = record.counters();
    }
    advance(new AppliedEntry(entry, head.index().settled().with(transactions, counters)));
    foreignSeenNanos = world.nanos();
    reportable.raise(entry.position());
  }

  private void advance(AppliedEntry applied) {
    Entry entry = applied.entry();
    Replay.checkNext(entry, head.position(), head.digest());
    recent.add(applied);
    head = new Head(entry.position(), entry.digest(), applied.index());
    entry.records().forEach(checks::applied);
    checks.passed(entry.position(), applied.index());
  }

  /// An entry close behind the head; empty for older ones, which the log has.
  Optional<AppliedEntry> recent(long position) {
    return recent.at(position);
  }

  /// The report of a committed transaction, from the log where it is older than the recent ones.
  TxReport reportOf(long t) {
    Head now = head;
    Entry entry =
        log.firstReaching(t, now.position()).orElseThrow(() -> LogErrors.beyondHead(t, now.t()));
    for (int i = 0; i < entry.records().size(); i++) {
      if (entry.records().get(i).t() == t) {
        return new AppliedEntry(entry, now.index()).report(i);
      }
    }
    throw LogErrors.beyondHead(t, now.t());
  }

  /// Waits until a position may be reported, this peer fails, or `isOver` says so; false at the
  /// deadline.
  boolean awaitReportable(long position, long deadlineNanos, BooleanSupplier isOver)
      throws InterruptedException {
    return reportable.await(
        position,
        deadlineNanos,
        () -> {
          if (isOver.getAsBoolean()) {
            return true;
          }
          checkUsable();
          return false;
        });
  }

  void signalMoved() {
    reportable.signal();
  }

  World world() {
    return world;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /// Looks at the log as soon as possible.
  void wakeTail() {
    tail.wake();
  }

  Optional<page.bits.db.UnresolvedAppend> unresolved() {
    return committer.unresolved();
  }

  /// Why the storage cannot be followed at the moment; empty when it can.
  Optional<Trouble> trouble() {
    return Optional.ofNullable(tail.trouble());
  }

  void checkUsable() {
    BitsException reason = failure.get();
    if (reason != null) {
      throw reason;
    }
    if (isClosed) {
      throw PeerErrors.closed("connection");
    }
  }

  /// Whether it failed or was closed.
  boolean isOver() {
    return failure.get() != null || isClosed;
  }

  Optional<BitsException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /// Stops for good: the first reason stays. [#head()] keeps answering.
  void fail(BitsException reason) {
    if (!isClosed) {
      failure.compareAndSet(null, reason);
    }
    signalMoved();
    world.start(committer::close); // may be called from the committer itself
  }

  void close() {
    processes.leave(this);
    ephemera.close();
    isClosed = true;
    signalMoved();
    tail.close();
    committer.close();
  }
}
