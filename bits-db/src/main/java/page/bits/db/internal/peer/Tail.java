/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.db.internal.peer;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import page.bits.db.spi.DatabaseId;
import page.bits.db.spi.Storage;
import page.bits.db.spi.StoredEntry;
import page.bits.error.BitsException;

/// Follows the end of the log: reads what other writers appended, when a hint comes and otherwise
/// now and then.
///
/// One thread, and that of the hints for an entry that comes alone. Correctness rests on the
/// polling alone: 20 ms while something was seen within the last second, doubling to 800 ms. As
/// often as that it also checks that the database was not deleted and that the log still continues
/// what this peer has seen: a peer of a log that was replaced stops within a second.
final class Tail {
  private static final long POLL_NANOS_MIN = 20_000_000;
  private static final long POLL_NANOS_MAX = 800_000_000;
  private static final long BUSY_NANOS = 1_000_000_000;

  /// At most so often the log is read while others append: under load each read then brings several
  /// entries, and one that comes alone is read at once.
  private static final long GATHER_NANOS = 1_000_000;

  private static final long MEASURE_CLOCK_NANOS = 10_000_000_000L;

  private final Peer peer;
  private final World world;
  private final AtomicBoolean isHinted = new AtomicBoolean();
  private final AtomicBoolean isAwaited = new AtomicBoolean();

  private final Thread thread;
  private final Storage.Registration hints;
  private volatile boolean isClosing;
  private volatile @Nullable Trouble trouble;
  private volatile long pollNanos = POLL_NANOS_MIN;

  Tail(Peer peer, World world) {
    this.peer = peer;
    this.world = world;
    this.thread = world.thread("bits-tail", this::run);
    this.hints = peer.storage().onHint(new Hearing());
  }

  void start() {
    thread.start();
  }

  /// Looks at the log as soon as it can.
  void wake() {
    isAwaited.set(true);
    isHinted.set(true);
    LockSupport.unpark(thread);
  }

  /// The same, after what may just be read together.
  private void wakeSoon() {
    if (!isHinted.getAndSet(true)) {
      LockSupport.unpark(thread);
    }
  }

  /// Up to where a hint says nothing new.
  private long known() {
    return Math.max(peer.head().position(), peer.announcements().newest());
  }

  /// What to do with a hint, on the thread that tells.
  private final class Hearing implements Storage.HintListener {
    @Override
    public void mayHaveGrown(@Nullable DatabaseId database, long position) {
      boolean isOurs = database == null || database.equals(peer.database());
      if (isOurs && (position < 0 || position > known())) {
        wakeSoon();
      }
    }

    /// The next entry, if it comes alone: it is applied without another thread. Several are read
    /// together.
    @Override
    public boolean wants(DatabaseId database, long position) {
      return database.equals(peer.database())
          && position == known() + 1
          && position == peer.head().position() + 1
          && !isClosing;
    }

    @Override
    public void hasGrown(DatabaseId database, StoredEntry entry) {
      if (!database.equals(peer.database())) {
        return;
      }
      if (!isApplied(entry)) {
        wakeSoon(); // it is read once more, and whatever is wrong with it found where it is told
      } else if (pollNanos > POLL_NANOS_MIN) {
        LockSupport.unpark(thread); // more may come, the hints of which are lost
      }
    }

    private boolean isApplied(StoredEntry entry) {
      try {
        return peer.applyAtOnce(entry);
      } catch (BitsException _) {
        return false;
      } catch (RuntimeException e) {
        peer.fail(PeerErrors.internal(e));
        return false;
      }
    }
  }

  /// Why the storage cannot be followed at the moment; null when it can.
  @Nullable Trouble trouble() {
    return trouble;
  }

  void close() {
    isClosing = true;
    hints.close();
    LockSupport.unpark(thread);
  }

  private void run() {
    long checkedNanos = world.nanos();
    long measuredNanos = checkedNanos;
    while (!isClosing) {
      long now = world.nanos();
      boolean isCheckDue = now - checkedNanos >= POLL_NANOS_MAX;
      boolean isMeasureDue = now - measuredNanos >= MEASURE_CLOCK_NANOS;
      isHinted.set(false);
      isAwaited.set(false);
      boolean hasMoved = look(isCheckDue, isMeasureDue);
      checkedNanos = isCheckDue ? now : checkedNanos;
      measuredNanos = isMeasureDue ? now : measuredNanos;
      boolean isBusy = hasMoved || now - peer.foreignSeenNanos() < BUSY_NANOS;
      pollNanos = isBusy ? POLL_NANOS_MIN : Math.min(pollNanos * 2, POLL_NANOS_MAX);
      if (!isHinted.get()) {
        world.parkNanos(this, Math.min(pollNanos, checkedNanos + POLL_NANOS_MAX - now));
      }
      if (hasMoved) {
        gather(now + GATHER_NANOS);
      }
    }
  }

  /// Waits for more that may be on its way, unless somebody waits for it.
  private void gather(long endNanos) {
    for (long left = endNanos - world.nanos();
        left > 0 && !isAwaited.get() && !isClosing;
        left = endNanos - world.nanos()) {
      world.parkNanos(this, left);
    }
  }

  private boolean look(boolean isCheckDue, boolean isMeasureDue) {
    try {
      if (isMeasureDue) {
        peer.clock().measure();
      }
      if (isCheckDue) {
        peer.verify();
      }
      boolean hasMoved = peer.follow();
      peer.compareIndexes();
      trouble = null;
      return hasMoved;
    } catch (BitsException e) {
      Trouble before = trouble;
      Instant since = before == null ? Instant.ofEpochMilli(world.wallMillis()) : before.since();
      trouble = new Trouble(e, since);
      if (Peer.isFatal(e)) {
        peer.fail(e);
        isClosing = true;
      }
      return false;
    } catch (RuntimeException e) {
      peer.fail(PeerErrors.internal(e));
      isClosing = true;
      return false;
    }
  }
}
