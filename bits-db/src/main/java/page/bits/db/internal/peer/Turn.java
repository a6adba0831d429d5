/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.Versioned;
import page.bits.error.BitsException;

/* Turns make several writers of one database fair to each other; they never make anything true.
 *
 * A peer that appended twice within 20 ms, or lost its position twice, or once with what took 20 ms to judge, holds the
 * turn before it appends again. The turn is one small record in the storage, changed by compare-and-set: who holds it, and
 * who waits, in order. The holder passes it on once it is wanted and the holder has had 20 ms and 20 appends, or 100 ms and one append (evaluations that take long).
 * While it appends, its entries are its signs of life; while it does not, it beats every 40 ms. When it has nothing to do it
 * gives the turn away.
 *
 * Who waits, reads the record every millisecond or, further behind, less often. Whoever sees neither a new holder, nor a
 * beat, nor an entry, in reads that together cover 120 ms of its own monotonic time, takes the turn. The time before a
 * read that failed, or that came late because this process was stopped or got no processor, does not count: nobody
 * looked. What was counted before stays, since a living holder has beaten meanwhile, which the next read shows; on a
 * storage where one read in fifty fails, or a machine that is overloaded, a count that began again each time would never
 * end.
 *
 * All of this happens on one thread, which is started when the turn is first needed and ends when it has not been needed
 * for a while: a lone commit and an idle database cost nothing.
 */

/// This peer's part in the turns of its database. The committing thread asks, the turn's own thread
/// reads and writes the record.
final class Turn {
  static final String KEYS = "turn/";

  private static final long BURST_NANOS = 20_000_000;
  private static final int LOST_MAX = 2;
  private static final long SLICE_NANOS = 20_000_000;
  private static final int SLICE_APPENDS = 20;
  private static final long SLICE_NANOS_MAX = 100_000_000;
  private static final long BEAT_NANOS = 40_000_000;
  private static final long LAPSE_NANOS = 120_000_000;
  private static final long LATE_NANOS = 50_000_000;
  private static final long QUIET_NANOS = 10_000_000;
  private static final long IDLE_NANOS = 100_000_000;
  private static final long NEXT_NANOS = 1_000_000;
  private static final long BEHIND_NANOS = 4_000_000;
  private static final long BEHIND_NANOS_MAX = 30_000_000; // else every look would come late
  private static final long LOOK_NANOS = 5_000_000;
  private static final long THREAD_IDLE_NANOS = 5_000_000_000L;
  private static final Duration LEAVE_WAIT = Duration.ofSeconds(1);

  private final DatabaseId database;
  private final String key;
  private final UUID session;
  private final Storage storage;
  private final World world;
  private final LongSupplier headPosition;
  private final LongSupplier idleForNanos;
  private final Runnable whenHeld;

  private volatile boolean isWanted;
  private volatile boolean isHeld;
  private volatile boolean isClosing;
  private volatile long lastAppendNanos;
  private final AtomicInteger appends = new AtomicInteger();
  private volatile @Nullable Thread thread;

  // Of the committing thread
  private long appendBeforeNanos;
  private int lostInARow;

  // Of the turn's thread
  private long sliceNanos;
  private long beatNanos;
  private long lookedNanos;
  private long idleNanos;
  private Seen seen = Seen.NOTHING;

  /// What a waiter saw last, for how long it has looked on without a change, and when it looked;
  /// after a failed read, when that was.
  private record Seen(long number, long beat, long head, long silentNanos, long atNanos) {
    private static final Seen NOTHING = new Seen(-1, -1, -1, 0, 0);

    /// The time up to now was not looked at.
    private Seen blind(long now) {
      return new Seen(number, beat, head, silentNanos, now);
    }
  }

  Turn(
      DatabaseId database,
      UUID session,
      Storage storage,
      World world,
      LongSupplier headPosition,
      LongSupplier idleForNanos,
      Runnable whenHeld) {
    this.database = database;
    this.key = KEYS + database;
    this.session = session;
    this.storage = storage;
    this.world = world;
    this.headPosition = headPosition;
    this.idleForNanos = idleForNanos;
    this.whenHeld = whenHeld;
    long longAgo = world.nanos() - 2 * BURST_NANOS;
    this.lastAppendNanos = longAgo;
    this.appendBeforeNanos = longAgo;
  }

  /// Whether the committing thread may append now; if not, the turn is asked for.
  boolean mayAppend() {
    if (isHeld) {
      return true;
    }
    boolean isBurst = world.nanos() - appendBeforeNanos < BURST_NANOS;
    if (!isWanted && !isBurst && lostInARow < LOST_MAX) {
      return true;
    }
    want();
    return false;
  }

  boolean isHeld() {
    return isHeld;
  }

  /// The committing thread appended.
  void appended() {
    appendBeforeNanos = lastAppendNanos;
    lastAppendNanos = world.nanos();
    appends.incrementAndGet();
    lostInARow = 0;
  }

  /// The committing thread lost its position, with an entry that it began at this moment: whether
  /// it waits for its turn now. One that took longer than a slice would be lost again and again.
  boolean lost(long begunNanos) {
    boolean wasLong = world.nanos() - begunNanos >= SLICE_NANOS;
    lostInARow = wasLong ? LOST_MAX : lostInARow + 1;
    return lostInARow >= LOST_MAX;
  }

  private void want() {
    if (!isWanted) {
      isWanted = true;
      synchronized (this) {
        Thread running = thread;
        if (running == null && !isClosing) {
          thread = world.thread("bits-turn", this::run);
          thread.start();
        } else {
          LockSupport.unpark(running);
        }
      }
    }
  }

  /// Gives the turn away, if that does not take long.
  void close() {
    isClosing = true;
    Thread running = thread;
    if (running != null) {
      world.awaitEnd(running, LEAVE_WAIT);
    }
  }

  private void run() {
    idleNanos = world.nanos();
    while (!isClosing) {
      try {
        if (isHeld) {
          idleNanos = world.nanos();
          world.parkNanos(this, hold());
        } else if (isWanted) {
          idleNanos = world.nanos();
          world.parkNanos(this, seek());
        } else if (mayEnd()) {
          return;
        } else {
          world.parkNanos(this, THREAD_IDLE_NANOS);
        }
      } catch (BitsException _) { // the storage is away or busy; nothing rests on the turn
        world.parkNanos(this, LATE_NANOS);
        seen = seen.blind(world.nanos());
      }
    }
    leave();
  }

  private boolean mayEnd() {
    boolean isLong = world.nanos() - idleNanos >= THREAD_IDLE_NANOS;
    synchronized (this) {
      boolean isOver = isLong && !isWanted;
      if (isOver) {
        thread = null;
      }
      return isOver;
    }
  }

  /// One look of the holder; for how long to sleep after it.
  private long hold() {
    long now = world.nanos();
    if (idleForNanos.getAsLong() >= IDLE_NANOS && now - sliceNanos >= IDLE_NANOS) {
      change(this::without);
      isWanted = false;
      isHeld = false;
    } else if (now - lookedNanos >= SLICE_NANOS) {
      lookedNanos = now;
      look(now);
    } else if (now - Math.max(lastAppendNanos, beatNanos) >= BEAT_NANOS) {
      beatNanos = now;
      isHeld = change(record -> record.isHeldBy(session) ? record.beaten() : record);
    }
    return LOOK_NANOS;
  }

  private void look(long now) {
    TurnRecord record = read().map(Turn::recordOf).orElse(TurnRecord.FREE);
    long slice = now - sliceNanos;
    boolean isOver =
        (slice >= SLICE_NANOS && appends.get() >= SLICE_APPENDS)
            || (slice >= SLICE_NANOS_MAX && appends.get() >= 1)
            || isIdle();
    if (!record.isHeldBy(session)) {
      isHeld = false; // it lapsed
    } else if (isOver && !record.waiting().isEmpty()) {
      boolean isMore = !isIdle();
      change(
          newest -> {
            if (!newest.isHeldBy(session)) {
              return newest;
            }
            return (isMore ? newest.enlisted(session) : newest).passedOn();
          });
      isWanted = isMore;
      isHeld = false;
    }
  }

  /// One look of a waiter; for how long to sleep after it.
  private long seek() {
    Optional<Versioned> there = read();
    TurnRecord record = there.map(Turn::recordOf).orElse(TurnRecord.FREE);
    if (isIdle() && !record.isHeldBy(session)) {
      change(this::without); // what waited has been answered meanwhile
      isWanted = false;
      return NEXT_NANOS;
    }
    boolean isOurs = record.isHeldBy(session);
    if (!isOurs && (record.holder().isEmpty() || hasLapsed(record))) {
      isOurs = replace(there, record.taken(session));
    } else if (!isOurs && !record.waiting().contains(session)) {
      var _ = replace(there, record.enlisted(session));
    }
    if (isOurs) {
      begin();
    }
    return waitNanos(record.waiting().indexOf(session));
  }

  /// Between two looks of who has that place among those who wait: those far behind only watch for
  /// a holder that is gone.
  private static long waitNanos(int place) {
    return place == 0 ? NEXT_NANOS : Math.min(Math.max(place, 1) * BEHIND_NANOS, BEHIND_NANOS_MAX);
  }

  /// Whether there is nothing to append, and not only because a caller has not come back yet.
  private boolean isIdle() {
    return idleForNanos.getAsLong() >= QUIET_NANOS;
  }

  private void begin() {
    long now = world.nanos();
    sliceNanos = now;
    beatNanos = now;
    lookedNanos = now;
    appends.set(0);
    isHeld = true;
    whenHeld.run();
  }

  /// Whether nothing was seen of the holder for so long, in reads that followed each other closely.
  private boolean hasLapsed(TurnRecord record) {
    long now = world.nanos();
    // The peer learns of entries by hints, which may be lost: ask before it counts.
    boolean isSuspected = seen.silentNanos > LAPSE_NANOS / 2;
    long known = isSuspected ? storage.head(database) : headPosition.getAsLong();
    long head = Math.max(seen.head, known);
    boolean isSame =
        record.number() == seen.number && record.beat() == seen.beat && head == seen.head;
    long sinceLast = now - seen.atNanos;
    long watched = sinceLast > LATE_NANOS ? 0 : sinceLast;
    long silent = isSame ? seen.silentNanos + watched : 0;
    seen = new Seen(record.number(), record.beat(), head, silent, now);
    return silent >= LAPSE_NANOS;
  }

  /// The record in which this peer neither holds nor waits. It is written before the flags change:
  /// where the storage fails in between, it is tried again, and nobody is left as a holder that
  /// does not know of it.
  private TurnRecord without(TurnRecord record) {
    return record.isHeldBy(session) ? record.passedOn() : record.struckOut(session);
  }

  private void leave() {
    isHeld = false;
    try {
      change(this::without);
    } catch (BitsException _) {
      // then it lapses
    }
  }

  private Optional<Versioned> read() {
    return storage.get(key);
  }

  private static TurnRecord recordOf(Versioned stored) {
    return TurnRecord.of(stored.bytes());
  }

  private boolean replace(Optional<Versioned> there, TurnRecord by) {
    return storage.compareAndSet(key, there.map(Versioned::version).orElse(0L), by.bytes());
  }

  /// Changes the newest record; whether this peer holds the turn after it.
  private boolean change(UnaryOperator<TurnRecord> how) {
    while (true) {
      Optional<Versioned> there = read();
      TurnRecord before = there.map(Turn::recordOf).orElse(TurnRecord.FREE);
      TurnRecord after = how.apply(before);
      if (after.equals(before) || replace(there, after)) {
        return after.isHeldBy(session);
      }
    }
  }

  /// What an operator wants to see of the turn of a database: holder, number, how many wait.
  static TurnRecord of(Storage storage, DatabaseId database) {
    return storage.get(KEYS + database).map(Turn::recordOf).orElse(TurnRecord.FREE);
  }
}
