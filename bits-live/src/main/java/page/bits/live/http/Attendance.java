/*
 * Copyright 2026 the Bits authors
 * SPDX-License-Identifier: Apache-2.0
 */
package page.bits.live.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import page.bits.db.Connection;
import page.bits.db.Held;
import page.bits.live.Page;
import page.bits.live.Viewer;

/// Who watches this node's pages, as the database says it: facts that are held while some stream
/// stands for them, and a while longer, as the next stream of the same browser may be on its way.
///
/// Thread-safe; nothing waits for the database. One thread lets go; it starts with the first
/// presence.
final class Attendance implements AutoCloseable {
  /// How long after its last stream somebody is still taken to be there.
  static final Duration LINGER = Duration.ofSeconds(3);

  private final Connection connection;
  private final long lingerNanos;
  private final Map<Map<String, ?>, Present> present = new HashMap<>();
  private final DelayQueue<Leaving> leaving = new DelayQueue<>();
  private @Nullable Thread letting;
  private boolean isClosed;

  Attendance(Connection connection, Duration linger) {
    this.connection = connection;
    this.lingerNanos = linger.toNanos();
  }

  /// What some streams stand for; guarded by the lock of the attendance.
  private static final class Present {
    private final Held held;
    private int streams;
    private long leaveNanos;

    private Present(Held held) {
      this.held = held;
    }
  }

  /// A stream that stands for somebody, until it is closed.
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /// The place of whom the page says nothing; later it may.
  static final Place NOWHERE = () -> {};

  /// A viewer sees a page. A place is given back once.
  Place arrive(Page page, Page.Params params, Viewer viewer) {
    Map<String, ?> facts = viewer.isNobody() ? Map.of() : page.presence().facts(params, viewer);
    if (facts.isEmpty()) {
      return NOWHERE;
    }
    synchronized (this) {
      if (isClosed) {
        return NOWHERE;
      }
      present.computeIfAbsent(facts, this::hold).streams++;
    }
    return () -> leave(facts);
  }

  private Present hold(Map<String, ?> facts) {
    if (letting == null) {
      letting = Thread.ofVirtual().name("bits-attendance").start(this::letGo);
    }
    return new Present(connection.session().hold(facts));
  }

  private synchronized void leave(Map<String, ?> facts) {
    Present there = present.get(facts);
    if (there != null) {
      there.streams--;
      if (there.streams == 0) {
        there.leaveNanos = System.nanoTime() + lingerNanos;
        leaving.add(new Leaving(facts, there, there.leaveNanos));
      }
    }
  }

  private void letGo() {
    try {
      while (true) {
        letGo(leaving.take());
      }
    } catch (InterruptedException _) { // closed
    }
  }

  /// Whoever came back meanwhile stays, and leaves from the last time that they went.
  private synchronized void letGo(Leaving next) {
    boolean isLast = next.present.streams == 0 && next.present.leaveNanos == next.atNanos;
    if (isLast && present.remove(next.facts, next.present)) {
      next.present.held.close();
    }
  }

  /// Everybody leaves at once: the node ends.
  @Override
  public synchronized void close() {
    isClosed = true;
    present.values().forEach(each -> each.held.close());
    present.clear();
    if (letting != null) {
      letting.interrupt();
    }
  }

  /// Somebody whose last stream has ended, and when that counts.
  private static final class Leaving implements Delayed {
    private final Map<String, ?> facts;
    private final Present present;
    private final long atNanos;

    private Leaving(Map<String, ?> facts, Present present, long atNanos) {
      this.facts = facts;
      this.present = present;
      this.atNanos = atNanos;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
